#include "pos/screens/settings/fiscal_sheet.h"

#include "pos/layout/signing_words.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/role_words.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/buttons.h"
#include "pos/ui/format.h"
#include "pos/ui/lists.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

std::string outage_words(const core::SigningOutage& outage, const Scene& scene) {
  const std::string& zone = scene.till.settings.shop.time_zone;
  const Words& words = scene.words;
  const auto moment = [&](core::Instant at) {
    const core::LocalTime local = core::local_time(at, zone);
    return date_text(local, words.language()) + " " + time_text(local);
  };
  const std::string when =
      outage.ended
          ? words.fill("Out of order {} to {}", {moment(outage.began), moment(*outage.ended)})
          : words.fill("Out of order since {}", {moment(outage.began)});
  return when + ": " + std::string(words(outage.reason));
}

}  // namespace

FiscalSheetView present_fiscal(const Scene& scene) {
  const Words& words = scene.words;
  const core::SigningView& signing = scene.till.signing;
  FiscalSheetView view;
  view.title = words("Security device (TSE)");
  view.close = words("Close");
  view.test = words("Test it");
  const std::string& kind = scene.till.settings.fiscal.device;
  const bool has_secrets = kind == "epson" || kind == "fiskaly";
  if (has_secrets && may(scene, core::Permission::change_settings)) {
    view.set_up = words("Set up, PINs …");
  }
  if (signing.stranger) view.adopt = words("Sign with this one from now on");
  view.facts.push_back({std::string(words("Till serial")), signing.client});
  if (signing.device) {
    for (Fact& fact : device_facts(*signing.device, scene.till.settings.shop.time_zone, words)) {
      view.facts.push_back(std::move(fact));
    }
    for (const auto& warning : core::signing_warnings(*signing.device, scene.instant)) {
      view.notes.push_back(
          {warning.is_grave ? ui::State::bad : ui::State::warn, in_words(warning, words)});
    }
  }
  if (!signing.needs_device.empty()) {
    view.notes.push_back({ui::State::bad, std::string(words(signing.needs_device))});
  }
  if (signing.stranger) {
    view.notes.push_back(
        {ui::State::bad, words.fill("Another device answers: {}", {signing.stranger->serial})});
  }
  for (const core::SigningOutage& outage : signing.outages) {
    view.notes.push_back(
        {outage.ended ? ui::State::neutral : ui::State::bad, outage_words(outage, scene)});
  }
  return view;
}

FiscalSheetTap draw(ui::Ui& ui, const FiscalSheetView& view) {
  using Kind = FiscalSheetTap::Kind;
  FiscalSheetTap tap;
  const int line = line_height(ui, ui::Size::t1) + 4;
  const int facts = static_cast<int>(view.facts.size()) * line;
  const ui::Rect at = sheet_of(ui, 720, 80 + 72 + facts + scaled(ui, 200));
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const ui::Rect room{at.x + 24, at.y + 80, at.w - 48, at.h - 80 - 16};
  const int buttons = 1 + (view.set_up.empty() ? 0 : 1) + (view.adopt.empty() ? 0 : 1);
  const auto places = side_by_side({room.x, room.y, room.w, 56}, buttons);
  if (ui::button(
          ui, places[0],
          {.label = view.test, .kind = ui::ButtonKind::main, .icon = ui::icons::fact_check})) {
    tap.kind = Kind::test;
  }
  std::size_t place = 1;
  const auto offer = [&](const std::string& label, Kind kind) {
    if (label.empty()) return;
    ui::Button button{.label = label, .kind = ui::ButtonKind::line, .size = ui::Size::t1};
    const ui::Rect& rect = places[place++];
    fit(ui, button, rect.w);
    if (ui::button(ui, rect, button)) tap.kind = kind;
  };
  offer(view.set_up, Kind::set_up);
  offer(view.adopt, Kind::adopt);
  int all = facts + 16;
  for (const auto& note : view.notes) all += ui::paragraph_height(ui, room.w - 36, note.says) + 8;
  const ui::Rect list{room.x, room.y + 72, room.w, room.h - 72};
  const ui::ScrollArea area(ui, list, "fiscal-facts", all);
  int y = list.y;
  for (const Fact& fact : view.facts) {
    const int third = list.w / 3;
    ui::text(ui, {list.x, area.y(y), third, line}, fact.label, {.colour = ui::Colour::text_2});
    ui::text(ui, {list.x + third, area.y(y), list.w - third, line}, fact.value, {.shrinks = true});
    y += line;
  }
  y += 16;
  for (const auto& note : view.notes) {
    const int height = ui::paragraph_height(ui, list.w - 36, note.says);
    ui::icon(ui, {list.x, area.y(y), 24, 24},
             note.state == ui::State::neutral ? ui::icons::schedule : ui::icons::error,
             ui::state_ink(note.state));
    ui::paragraph(ui, {list.x + 36, area.y(y), list.w - 36, height}, note.says);
    y += height + 8;
  }
  if (sheet.is_dismissed()) tap.kind = Kind::close;
  return tap;
}

SheetResult react(const FiscalSheetTap& tap, const Scene& scene) {
  using Kind = FiscalSheetTap::Kind;
  if (tap.kind == Kind::close) return close_sheet();
  if (tap.kind == Kind::test) return {say(core::TestSigningDevice{}), false};
  if (tap.kind == Kind::adopt && scene.till.signing.stranger) {
    return {say(core::AdoptSigningDevice{scene.till.signing.stranger->serial}), false};
  }
  return {};
}

}  // namespace pos

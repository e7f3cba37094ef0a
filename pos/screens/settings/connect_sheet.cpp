#include "pos/screens/settings/connect_sheet.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/platform_words.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"

namespace pos {
namespace {

struct KindFace {
  const char* kind;
  const char* name;
  const char* second;
  ui::Icon icon;
  bool has_address;
  const char* address_hint;
  const char* key_explained;
};

constexpr std::array<KindFace, 4> kinds{{
    {"medusa", "Medusa", "An own shop server: address and secret key", ui::icons::storefront, true,
     "https://shop.example.com",
     "Medusa: Settings, Secret API Keys. It begins with sk_. It is kept in a file that only the "
     "till may read, never in the database."},
    {"shopify", "Shopify", "A shop at Shopify: address and access token",
     ui::icons::shopping_basket, true, "my-shop.myshopify.com",
     "Shopify: Settings, Apps, Admin API access token. It is kept in a file that only the till may "
     "read, never in the database."},
    {"folder", "Folder", "Files for another system, and for trying it out", ui::icons::inbox, false,
     "", ""},
    {"none", "None", "The till works for itself", ui::icons::wifi_off, false, "", ""},
}};

const KindFace& face_of(const std::string& kind) {
  const auto face = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const KindFace& one) { return one.kind == kind; });
  return face == kinds.end() ? kinds.back() : *face;
}

// Only what this till has been built to talk to is offered.
bool is_offered(const Scene& scene, const KindFace& face) {
  core::Settings trial = scene.till.settings;
  return core::apply(trial, "upstream.kind", face.kind).has_value();
}

TextSheetView text_view(const Scene& scene, const ConnectInput& input) {
  const Words& words = scene.words;
  const KindFace& face = face_of(input.trial.kind);
  const bool is_key = input.step == ConnectStep::key;
  TextSheetView view;
  view.title = words.fill(is_key ? "Key of {}" : "Address of {}", {face.name});
  view.explained = is_key ? words(face.key_explained)
                          : words("As it stands in the browser, without what follows the name.");
  view.placeholder = is_key ? "" : face.address_hint;
  view.confirm = words.with("button", "Next");
  view.close = words("Cancel");
  view.layout = layout_of(words);
  view.kind = ui::KeyboardKind::email;
  view.is_secret = is_key;
  view.most_bytes = 300;
  view.can_confirm = !core::trim(input.text.value).empty();
  view.why_not = words("This must not be empty.");
  return view;
}

void add_test(ConnectView& view, const Scene& scene, const ConnectInput& input) {
  const Words& words = scene.words;
  const TrialAnswer& answer = scene.devices.trial;
  const KindFace& face = face_of(input.trial.kind);
  view.back = words("Back");
  if (answer.state == TrialState::running || answer.state == TrialState::none) {
    view.icon = ui::icons::cloud_sync;
    view.words = words.fill("Asking {} …", {words(face.name)});
    view.second = words("This takes a few seconds.");
    return;
  }
  const bool is_good = answer.state == TrialState::good;
  view.icon = is_good ? ui::icons::cloud_done : ui::icons::sync_problem;
  view.state = is_good ? ui::State::ok : ui::State::bad;
  view.words = words(is_good ? "The connection works" : "The connection does not work");
  view.second = is_good ? "" : std::string(words(answer.words));
  for (const std::string& line : answer.found) {
    view.found.push_back(filled_sentence(line, words).value_or(std::string(words(line))));
  }
  view.again = words("Test again");
  view.use = words("Use it");
  if (!is_good) view.why_not = words("Only a connection that works can be used.");
}

void add_sync(ConnectView& view, const Scene& scene) {
  const Words& words = scene.words;
  const SyncProgress& progress = scene.devices.progress;
  view.close = words("Done");
  if (progress.work.empty()) {
    view.icon = ui::icons::cloud_done;
    view.state = ui::State::ok;
    view.words = words("The till is connected");
    view.second = words("Orders come in and go out by themselves from now on.");
    return;
  }
  view.icon = ui::icons::cloud_sync;
  view.words = work_text(progress.work, words);
  view.second = words("You can sell meanwhile.");
}

}  // namespace

ConnectInput enter_key(const core::UpstreamSettings& upstream) {
  ConnectInput input;
  input.step = ConnectStep::key;
  input.trial = {upstream.kind, upstream.address, ""};
  return input;
}

ConnectView present(const Scene& scene, const ConnectInput& input) {
  const Words& words = scene.words;
  ConnectView view;
  view.title = words("Connect a platform");
  view.cancel = words("Close");
  view.step = static_cast<int>(input.step) + 1;
  view.steps = 5;
  switch (input.step) {
    case ConnectStep::kind:
      for (const KindFace& face : kinds) {
        if (!is_offered(scene, face)) continue;
        view.kinds.push_back({face.kind, std::string(words(face.name)),
                              std::string(words(face.second)), face.icon,
                              scene.till.settings.upstream.kind == face.kind});
      }
      break;
    case ConnectStep::address:
    case ConnectStep::key:
      view.text = text_view(scene, input);
      break;
    case ConnectStep::test:
      add_test(view, scene, input);
      break;
    case ConnectStep::sync:
      add_sync(view, scene);
      break;
  }
  return view;
}

namespace {

// Dots for the steps: done, here, to come.
void draw_steps(ui::Ui& ui, const ui::Rect& at, const ConnectView& view) {
  for (int i = 0; i < view.steps; ++i) {
    const ui::Colour colour = i < view.step ? ui::Colour::accent : ui::Colour::line;
    ui::box(ui, {at.x + i * 40, at.y, 32, 4}, colour, 2);
  }
}

ConnectTap draw_kinds(ui::Ui& ui, const ui::Rect& list, const ConnectView& view) {
  ConnectTap tap;
  const int row = std::max(72, 2 * line_height(ui, ui::Size::t1) + 24);
  const ui::ScrollArea area(ui, list, "connect kinds", row * static_cast<int>(view.kinds.size()));
  for (std::size_t i = 0; i < view.kinds.size(); ++i) {
    const ConnectView::Kind& kind = view.kinds[i];
    if (ui::row(ui, {list.x, area.y(list.y + static_cast<int>(i) * row), list.w, row},
                {.title = kind.name,
                 .second = kind.second,
                 .icon = kind.icon,
                 .trailing = kind.is_chosen ? ui::icons::check : ui::icons::chevron_right,
                 .is_selected = kind.is_chosen,
                 .has_separator = i + 1 < view.kinds.size()})) {
      tap = {ConnectTap::Kind::choose, i};
    }
  }
  return tap;
}

void draw_answer(ui::Ui& ui, const ui::Rect& room, const ConnectView& view) {
  const int high = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t3);
  const bool is_plain = view.state == ui::State::neutral;
  ui::icon(ui, {room.x, room.y + 8, room.w, 56}, view.icon,
           is_plain ? ui::Colour::text_2 : ui::state_ink(view.state), 56);
  int y = room.y + 72;
  ui::text(ui, {room.x, y, room.w, large}, view.words,
           {.size = ui::Size::t3,
            .weight = ui::Weight::semibold,
            .align = ui::Align::centre,
            .shrinks = true});
  y += large + 8;
  y += ui::paragraph(ui, {room.x, y, room.w, 80}, view.second,
                     {.colour = ui::Colour::text_2, .align = ui::Align::centre}) +
       12;
  for (const std::string& line : view.found) {
    const int needed = ui::paragraph_height(ui, room.w - 32, line);
    if (y + needed > room.bottom()) break;
    ui::icon(ui, {room.x, y, 20, high}, ui::icons::check, ui::Colour::text_2, 20);
    y += ui::paragraph(ui, {room.x + 32, y, room.w - 32, needed}, line) + 8;
  }
}

ConnectTap draw_answer_buttons(ui::Ui& ui, const ui::Rect& foot, const ConnectView& view) {
  ConnectTap tap;
  using Kind = ConnectTap::Kind;
  int x = foot.x;
  const auto place = [&](const std::string& label, Kind kind) {
    if (label.empty()) return;
    const ui::Button button{.label = label, .kind = ui::ButtonKind::line, .size = ui::Size::t1};
    const int width = ui::button_width(ui, button);
    if (ui::button(ui, {x, foot.y, width, foot.h}, button)) tap.kind = kind;
    x += width + 8;
  };
  place(view.back, Kind::back);
  place(view.again, Kind::again);
  const std::string& main = view.use.empty() ? view.close : view.use;
  if (!main.empty() && ui::button(ui, {x, foot.y, foot.right() - x, foot.h},
                                  {.label = main,
                                   .kind = ui::ButtonKind::main,
                                   .key = ui::Key::enter,
                                   .enabled = view.why_not.empty(),
                                   .why_not = view.why_not})) {
    tap.kind = view.use.empty() ? Kind::close : Kind::use;
  }
  return tap;
}

}  // namespace

ConnectTap draw(ui::Ui& ui, const ConnectView& view, ConnectInput& input) {
  if (view.text) {
    const TextSheetTap tap = draw(ui, *view.text, input.text);
    if (tap == TextSheetTap::confirm) return {ConnectTap::Kind::confirm};
    if (tap == TextSheetTap::dismiss) return {ConnectTap::Kind::close};
    return {};
  }
  const int rows = static_cast<int>(view.kinds.size());
  const int kinds = rows * std::max(72, 2 * line_height(ui, ui::Size::t1) + 24);
  const ui::Rect at = sheet_of(ui, 640, rows > 0 ? 96 + kinds + 24 : 544);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  draw_steps(ui, {at.x + 24, at.y + 72, at.w - 48, 4}, view);
  const ui::Rect room{at.x + 24, at.y + 96, at.w - 48, at.h - 96 - 24};
  ConnectTap tap;
  if (!view.kinds.empty()) {
    tap = draw_kinds(ui, room, view);
  } else {
    draw_answer(ui, {room.x, room.y, room.w, room.h - 80}, view);
    tap = draw_answer_buttons(ui, {room.x, room.bottom() - 64, room.w, 64}, view);
  }
  if (sheet.is_dismissed()) tap.kind = ConnectTap::Kind::close;
  return tap;
}

namespace {

Reaction test(const ConnectInput& input) {
  Reaction reaction;
  reaction.trial = input.trial;
  return reaction;
}

// What the test has shown to work becomes the till's.
Reaction use(const Scene& scene, const ConnectInput& input) {
  Reaction reaction;
  const auto set = [&](const char* key, const std::string& value) {
    core::Settings tried = scene.till.settings;
    if (core::apply(tried, key, value))
      reaction.commands.push_back(core::ChangeSetting{key, value});
  };
  if (!input.trial.key.empty()) reaction.key_to_keep = input.trial.key;
  if (!input.trial.address.empty()) set("upstream.address", input.trial.address);
  set("upstream.kind", input.trial.kind);
  return reaction;
}

}  // namespace

SheetResult react(const ConnectTap& tap, const Scene& scene, ConnectInput& input) {
  using Kind = ConnectTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::choose: {
      input.trial.kind = present(scene, input).kinds[tap.index].kind;
      const bool has_address = face_of(input.trial.kind).has_address;
      input.step = has_address ? ConnectStep::address : ConnectStep::test;
      input.text = {};
      if (!has_address) return {test(input), false};
      break;
    }
    case Kind::confirm: {
      const std::string text(core::trim(input.text.value));
      input.text = {};
      if (input.step == ConnectStep::address) {
        input.trial.address = text;
        input.step = ConnectStep::key;
        break;
      }
      input.trial.key = text;
      input.step = ConnectStep::test;
      return {test(input), false};
    }
    case Kind::back:
      input.step = ConnectStep::kind;
      break;
    case Kind::again:
      return {test(input), false};
    case Kind::use:
      input.step = ConnectStep::sync;
      return {use(scene, input), false};
    case Kind::close:
      return close_sheet();
  }
  return {};
}

}  // namespace pos

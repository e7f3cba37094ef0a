#include "pos/screens/setup/restore_sheet.h"

#include <array>
#include <filesystem>

#include "core/base/text.h"
#include "pos/backup/recovery_code.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/platform_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using ui::Rect;

// What a backup is refused for, as pos/backup says it.
constexpr std::array<std::string_view, 7> backup_faults{
    "group {} of the code is mistyped",
    "a code has {} signs, these are {}",
    "this is another code: {} is opened by the one marked {}, this one is {}",
    "{} in the backup is damaged, take another one",
    "{} is no backup of a till",
    "this backup is of version {}, this till is {}: take a newer one",
    "the journal in this backup is broken: {}, entry {}"};

std::string restore_words(std::string_view reason, const Words& words) {
  for (const std::string_view pattern : backup_faults) {
    if (auto said = filled(pattern, reason, words)) return *said;
  }
  return std::string(words(reason));
}

TextSheetView restore_text(const Scene& scene, const RestoreInput& input) {
  const Words& words = scene.words;
  TextSheetView view;
  view.confirm = words.with("button", "Next");
  view.close = words("Cancel");
  view.layout = layout_of(words);
  view.most_bytes = 60;
  if (input.step == RestoreStep::code) {
    view.title = words("Recovery code");
    view.explained = words(
        "Five groups of five signs, as they were written down; scanning it is possible as well.");
    view.placeholder = "7XK2M-…";
    const auto code = RecoveryCode::parse(input.text.value);
    view.can_confirm = code.has_value();
    if (!code) view.why_not = restore_words(code.error(), words);
    return view;
  }
  view.title = words("The last slip of the old till");
  view.explained = words(
      "Its number goes on from there, so that none is given twice. Leave it empty where the old "
      "till sold nothing after the backup.");
  view.placeholder = "T1-R000123";
  view.can_confirm = core::trim(input.text.value).empty() || number_on_slip(input.text.value);
  view.why_not = words("The number at the end of the slip, as in T1-R000123.");
  return view;
}

void add_work(const Scene& scene, RestoreView& view) {
  const Words& words = scene.words;
  const auto& answer = scene.found.restore;
  if (!answer) {
    view.icon = ui::icons::backup;
    view.words = words("The backup is being read and checked …");
    view.second = words("Nothing is changed before all of it is whole.");
    return;
  }
  if (!answer->why_not.empty()) {
    view.icon = ui::icons::error;
    view.state = ui::State::bad;
    view.words = words("Nothing was restored");
    view.second = restore_words(answer->why_not, words);
    view.back = words("Back");
    return;
  }
  view.icon = ui::icons::check_circle;
  view.state = ui::State::ok;
  view.words = words.fill("Till {0} of {1}", {answer->till, answer->shop});
  view.second =
      words.fill("As it was {0}, with {1} receipts",
                 {full_time(answer->made, scene), number_text(answer->receipts, words.language())});
  view.go_on = words("Open this till");
}

// How the work is drawn; true: its main button was tapped.
enum class WorkTap : std::uint8_t { none, back, go_on, close };
WorkTap draw_work(ui::Ui& ui, const RestoreView& view) {
  WorkTap tap = WorkTap::none;
  const Rect at = sheet_of(ui, 560, 400);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const Rect inner{at.x + 24, at.y + 72, at.w - 48, at.h - 96};
  const bool is_plain = view.state == ui::State::neutral;
  ui::icon(ui, {inner.x, inner.y + 8, inner.w, 56}, view.icon,
           is_plain ? ui::Colour::text_2 : ui::state_ink(view.state), 56);
  const int large = line_height(ui, ui::Size::t2);
  ui::text(ui, {inner.x, inner.y + 80, inner.w, large}, view.words,
           {.size = ui::Size::t2,
            .weight = ui::Weight::semibold,
            .align = ui::Align::centre,
            .shrinks = true});
  const int y = inner.y + 88 + large;
  ui::paragraph(ui, {inner.x, y, inner.w, inner.bottom() - 72 - y}, view.second,
                {.colour = ui::Colour::text_2, .align = ui::Align::centre});
  const Rect foot{inner.x, inner.bottom() - 64, inner.w, 64};
  if (!view.back.empty() && ui::button(ui, foot, {.label = view.back})) tap = WorkTap::back;
  if (!view.go_on.empty() &&
      ui::button(ui, foot,
                 {.label = view.go_on, .kind = ui::ButtonKind::main, .key = ui::Key::enter})) {
    tap = WorkTap::go_on;
  }
  return sheet.is_dismissed() ? WorkTap::close : tap;
}

Reaction begin_restore(RestoreInput& input) {
  input.step = RestoreStep::work;
  Reaction reaction;
  reaction.errand = RestoreFile{input.file, input.code, input.last_receipt, 0};
  return reaction;
}

SheetResult confirm(RestoreInput& input) {
  const std::string text(core::trim(input.text.value));
  input.text = {};
  if (input.step == RestoreStep::code) {
    input.code = text;
    input.step = RestoreStep::last_slip;
    return {};
  }
  input.last_receipt = number_on_slip(text).value_or(0);
  return {begin_restore(input), false};
}

SheetResult run_file(ui::Ui& ui, const Scene& scene, RestoreInput& input) {
  FileChoice choice = run(ui, scene, input.chooser, scene.words("Choose the backup"));
  if (!choice.path.empty()) {
    input.file = choice.path;
    input.step = RestoreStep::code;
    return {};
  }
  return {std::move(choice.reaction), choice.is_closed};
}

}  // namespace

std::optional<std::int64_t> number_on_slip(std::string_view typed) {
  constexpr std::size_t most_digits = 15;
  const std::string_view text = core::trim(typed);
  const auto begin = text.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
  const std::string digits(text.substr(begin));
  if (digits.empty() || digits.size() > most_digits) return {};
  return std::stoll(digits);
}

RestoreView present(const Scene& scene, const RestoreInput& input) {
  RestoreView view;
  view.title = scene.words("Restore a backup");
  view.close = scene.words("Close");
  if (input.step == RestoreStep::work) {
    add_work(scene, view);
  } else if (input.step != RestoreStep::file) {
    view.text = restore_text(scene, input);
  }
  return view;
}

SheetResult run(ui::Ui& ui, const Scene& scene, RestoreInput& input) {
  if (input.step == RestoreStep::file) return run_file(ui, scene, input);
  const RestoreView view = present(scene, input);
  if (view.text) {
    const TextSheetTap tap = draw(ui, *view.text, input.text);
    if (tap == TextSheetTap::confirm) return confirm(input);
    return tap == TextSheetTap::dismiss ? close_sheet() : SheetResult{};
  }
  switch (draw_work(ui, view)) {
    case WorkTap::none:
      break;
    case WorkTap::back:
      input.text.value = input.code;
      input.step = RestoreStep::code;
      break;
    case WorkTap::go_on: {
      SheetResult result = close_sheet();
      result.reaction.leaving = Leaving::to_restored;
      return result;
    }
    case WorkTap::close:
      return close_sheet();
  }
  return {};
}

}  // namespace pos

// A sealed backup becomes this machine's till, step by step: the file, the recovery code, the
// last slip of the old till, so that no number is given twice. Nothing of this machine is
// changed before the whole of it was read and checked. UI thread.
#pragma once

#include <optional>
#include <string>

#include "pos/screens/parts/file_chooser.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

enum class RestoreStep : std::uint8_t { file, code, last_slip, work };

struct RestoreInput {
  RestoreStep step = RestoreStep::file;
  FileChooserInput chooser{{".tresen"}};
  std::string file, code;
  std::int64_t last_receipt = 0;
  TextSheetInput text;
};

struct RestoreView {
  std::string title, close;
  std::optional<TextSheetView> text;  // of the code and the slip
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::neutral;
  std::string words, second, back, go_on;  // buttons; empty: not offered
  friend bool operator==(const RestoreView&, const RestoreView&) = default;
};

// The number on a slip ("T1-R000123", "123"); nothing: there is none in it.
std::optional<std::int64_t> number_on_slip(std::string_view typed);

RestoreView present(const Scene& scene, const RestoreInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, RestoreInput& input);

}  // namespace pos

// The text field that is edited: its letters, where the caret stands, what is
// selected, and what can be undone. The editing is stb_textedit's. UI thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pos/ui/input.h"

namespace pos::ui {

class TextEntry {
 public:
  TextEntry();
  ~TextEntry();
  TextEntry(const TextEntry&) = delete;
  TextEntry& operator=(const TextEntry&) = delete;

  // Goes on with this field. Another one, or a value that was changed by somebody
  // else, begins anew with the caret at its end.
  void edit(std::string_view id, std::string_view value);

  // Moves the caret, selects with Shift, erases, undoes.
  void press(const Stroke& stroke);
  // In the place of what is selected. Whole letters only: control characters and
  // broken bytes are left out, and what goes beyond `most_bytes` is not taken.
  void write(std::string_view text, std::size_t most_bytes);
  void select_all();
  void erase_selected();
  void place_caret(std::size_t letter);

  std::string value() const;
  std::string selected() const;
  // In letters from the beginning; `from` and `to` are equal where nothing is selected.
  std::size_t caret() const;
  std::size_t from() const;
  std::size_t to() const;

 private:
  struct State;
  std::string id_;
  std::unique_ptr<State> state_;
};

}  // namespace pos::ui

#include "pos/ui/text_entry.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"

namespace {
using Letters = std::u32string;
}

#define STB_TEXTEDIT_STRING Letters
#define STB_TEXTEDIT_CHARTYPE char32_t
#define STB_TEXTEDIT_POSITIONTYPE int
#define STB_TEXTEDIT_UNDOSTATECOUNT 99
#define STB_TEXTEDIT_UNDOCHARCOUNT 999
#include <stb_textedit.h>

// What stb_textedit asks for: the letters, and the keys as numbers beyond them.
#define STB_TEXTEDIT_STRINGLEN(text) static_cast<int>((text)->size())
#define STB_TEXTEDIT_GETCHAR(text, at) (*(text))[static_cast<std::size_t>(at)]
#define STB_TEXTEDIT_GETWIDTH(text, line, at) 1.0F
#define STB_TEXTEDIT_NEWLINE U'\n'
#define STB_TEXTEDIT_KEYTOTEXT(key) static_cast<int>((key) < 0x110000 ? (key) : 0)
#define STB_TEXTEDIT_K_SHIFT 0x1000000
#define STB_TEXTEDIT_K_LEFT 0x200001
#define STB_TEXTEDIT_K_RIGHT 0x200002
#define STB_TEXTEDIT_K_UP 0x200003
#define STB_TEXTEDIT_K_DOWN 0x200004
#define STB_TEXTEDIT_K_LINESTART 0x200005
#define STB_TEXTEDIT_K_LINEEND 0x200006
#define STB_TEXTEDIT_K_TEXTSTART 0x200007
#define STB_TEXTEDIT_K_TEXTEND 0x200008
#define STB_TEXTEDIT_K_DELETE 0x200009
#define STB_TEXTEDIT_K_BACKSPACE 0x20000A
#define STB_TEXTEDIT_K_UNDO 0x20000B
#define STB_TEXTEDIT_K_REDO 0x20000C
#define STB_TEXTEDIT_K_WORDLEFT 0x20000D
#define STB_TEXTEDIT_K_WORDRIGHT 0x20000E
#define STB_TEXTEDIT_K_PGUP 0x20000F
#define STB_TEXTEDIT_K_PGDOWN 0x200010
#define STB_TEXTEDIT_IS_SPACE(letter) ((letter) == U' ')

namespace {

void lay_out_row(StbTexteditRow* row, Letters* text, int start) {
  const int letters = STB_TEXTEDIT_STRINGLEN(text) - start;
  *row = {0, static_cast<float>(letters), 1, 0, 1, letters};
}

void delete_letters(Letters* text, int at, int count) {
  text->erase(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
}

int insert_letters(Letters* text, int at, const char32_t* letters, int count) {
  text->insert(static_cast<std::size_t>(at), letters, static_cast<std::size_t>(count));
  return 1;
}

}  // namespace

#define STB_TEXTEDIT_LAYOUTROW lay_out_row
#define STB_TEXTEDIT_DELETECHARS delete_letters
#define STB_TEXTEDIT_INSERTCHARS insert_letters
#define STB_TEXTEDIT_IMPLEMENTATION
#include <stb_textedit.h>

namespace pos::ui {

namespace {

int key_of_editor(const Stroke& stroke) {
  switch (stroke.key) {
    case Key::left:
      return stroke.ctrl ? STB_TEXTEDIT_K_WORDLEFT : STB_TEXTEDIT_K_LEFT;
    case Key::right:
      return stroke.ctrl ? STB_TEXTEDIT_K_WORDRIGHT : STB_TEXTEDIT_K_RIGHT;
    case Key::home:
      return STB_TEXTEDIT_K_LINESTART;
    case Key::end:
      return STB_TEXTEDIT_K_LINEEND;
    case Key::del:
      return STB_TEXTEDIT_K_DELETE;
    case Key::backspace:
      return STB_TEXTEDIT_K_BACKSPACE;
    case Key::undo:
      return STB_TEXTEDIT_K_UNDO;
    case Key::redo:
      return STB_TEXTEDIT_K_REDO;
    default:
      return 0;
  }
}

std::string utf8_of(std::u32string_view letters) {
  std::string text;
  for (const char32_t letter : letters) core::append_utf8(text, letter);
  return text;
}

}  // namespace

struct TextEntry::State {
  Letters letters;
  STB_TexteditState editor;
};

TextEntry::TextEntry() : state_(std::make_unique<State>()) {
  stb_textedit_initialize_state(&state_->editor, 1);
}

TextEntry::~TextEntry() = default;

void TextEntry::edit(std::string_view id, std::string_view value) {
  if (id_ == id && this->value() == value) return;
  id_ = id;
  const auto letters = core::code_points(value);
  state_->letters.assign(letters.begin(), letters.end());
  stb_textedit_initialize_state(&state_->editor, 1);
  place_caret(letters.size());
}

void TextEntry::press(const Stroke& stroke) {
  const int key = key_of_editor(stroke);
  if (key == 0) return;
  stb_textedit_key(&state_->letters, &state_->editor,
                   key | (stroke.shift ? STB_TEXTEDIT_K_SHIFT : 0));
}

void TextEntry::write(std::string_view text, std::size_t most_bytes) {
  std::size_t bytes = value().size() - selected().size();
  Letters letters;
  for (const char32_t letter : core::code_points(text)) {
    if (letter < U' ' || letter == 0x7F || letter == 0xFFFD) continue;
    std::string one;
    core::append_utf8(one, letter);
    if (bytes + one.size() > most_bytes) break;
    bytes += one.size();
    letters += letter;
  }
  if (letters.empty()) return;
  stb_textedit_paste(&state_->letters, &state_->editor, letters.data(),
                     static_cast<int>(letters.size()));
}

void TextEntry::select_all() {
  state_->editor.select_start = 0;
  state_->editor.select_end = state_->editor.cursor = static_cast<int>(state_->letters.size());
}

void TextEntry::erase_selected() {
  if (from() != to()) stb_textedit_cut(&state_->letters, &state_->editor);
}

void TextEntry::place_caret(std::size_t letter) {
  const int at = static_cast<int>(std::min(letter, state_->letters.size()));
  state_->editor.cursor = state_->editor.select_start = state_->editor.select_end = at;
}

std::string TextEntry::value() const {
  return utf8_of(state_->letters);
}

std::string TextEntry::selected() const {
  return utf8_of(std::u32string_view(state_->letters).substr(from(), to() - from()));
}

std::size_t TextEntry::caret() const {
  return static_cast<std::size_t>(state_->editor.cursor);
}

std::size_t TextEntry::from() const {
  return static_cast<std::size_t>(std::min(state_->editor.select_start, state_->editor.select_end));
}

std::size_t TextEntry::to() const {
  return static_cast<std::size_t>(std::max(state_->editor.select_start, state_->editor.select_end));
}

}  // namespace pos::ui

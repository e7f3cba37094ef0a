// Many fields of one thing on one sheet: what is kept of a customer, what an article is.
// They scroll where the keyboard leaves too little room; Enter goes on to the next one.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct FieldsView {
  struct Field {
    std::string id;  // focus goes by it
    std::string label, placeholder = {};
    ui::Icon icon = ui::icons::none;
    std::size_t most_bytes = 200;
    ui::KeyboardKind keyboard = ui::KeyboardKind::text;
    std::string why_not = {};  // not empty: it cannot be changed here
    friend bool operator==(const Field&, const Field&) = default;
  };
  // One of these words; none may be chosen.
  struct Choice {
    std::string label;
    std::vector<std::string> words;
    std::optional<std::size_t> chosen;
    std::string why_not = {};
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::string title, explained;
  std::vector<Field> fields;
  std::vector<Choice> choices;
  std::string keyboard_word;
  FootView foot;
  friend bool operator==(const FieldsView&, const FieldsView&) = default;
};

struct FieldsInput {
  std::vector<std::string> values;  // as the fields of the view
  SheetKeyboard keyboard = {};
  std::string seen_focus = {};  // in the last frame; another one is brought into view
};

struct FieldsTap {
  SheetTap foot = SheetTap::none;
  std::optional<std::pair<std::size_t, std::size_t>> choice;  // which, and which word
};

FieldsTap draw(ui::Ui& ui, const FieldsView& view, FieldsInput& input, const Words& words);

}  // namespace pos

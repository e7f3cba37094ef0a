// The carts that were put aside; a tap brings one back.
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct ParkedInput {};

struct ParkedRowView {
  std::string title, second, amount, initials;
  int category = 1;
  friend bool operator==(const ParkedRowView&, const ParkedRowView&) = default;
};
struct ParkedView {
  std::string title, cancel, empty_words, note;
  std::vector<ParkedRowView> rows;
  friend bool operator==(const ParkedView&, const ParkedView&) = default;
};
struct ParkedTap {
  bool is_cancelled = false;
  std::optional<std::size_t> row = {};
};

ParkedView present(const Scene& scene, const ParkedInput& input);
ParkedTap draw(ui::Ui& ui, const ParkedView& view);
SheetResult react(const ParkedTap& tap, const Scene& scene);
SheetResult run(ui::Ui& ui, const Scene& scene, ParkedInput& input);

}  // namespace pos

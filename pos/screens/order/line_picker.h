// Which lines of an order, and how many of each: what goes into a parcel, what
// comes back. Starts with everything. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"

namespace pos {

struct PickLine {
  std::string id, title, second, value;  // value: "2 of 3"
  bool can_have_less = false, can_have_more = false;
  friend bool operator==(const PickLine&, const PickLine&) = default;
};

struct PickTap {
  std::size_t line = 0;
  enum class Kind : std::uint8_t { none, less, more } kind = Kind::none;
};

// `open`: what may be picked; `picked`: the same lines, with what is.
std::vector<PickLine> pick_lines(const core::Order& order,
                                 const std::vector<core::LineQuantity>& open,
                                 const std::vector<core::LineQuantity>& picked, const Words& words);
void react(const PickTap& tap, const std::vector<core::LineQuantity>& open,
           std::vector<core::LineQuantity>& picked);
PickTap draw_picker(ui::Ui& ui, const ui::Rect& rect, const std::vector<PickLine>& lines);

// Without the lines of which nothing is picked.
std::vector<core::LineQuantity> chosen_of(const std::vector<core::LineQuantity>& picked);

}  // namespace pos

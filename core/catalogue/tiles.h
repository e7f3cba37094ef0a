// A page of tiles on the Sell screen: which is asked for, and what is on it. Plain values.
#pragma once

#include <cstdint>
#include <vector>

#include "core/catalogue/catalogue.h"

namespace core {

inline constexpr std::int64_t favourites_page = 0;  // as a category id
inline constexpr std::int64_t deposits_page = -1;   // what is charged for bottles and crates
inline constexpr std::int64_t most_tiles = 5000;    // nobody turns more pages

struct TileQuery {
  std::int64_t category = favourites_page;
  int page = 0;
  int page_size = 15;
  friend bool operator==(const TileQuery&, const TileQuery&) = default;
};
struct TilePage {
  std::vector<Variant> variants;
  int page = 0;   // the one shown: the last one when fewer are left
  int pages = 1;  // at least one
  friend bool operator==(const TilePage&, const TilePage&) = default;
};

}  // namespace core

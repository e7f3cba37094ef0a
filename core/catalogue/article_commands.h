// Articles made and changed at the till, and their stock. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"

namespace core {

// Makes an article (row 0), or gives one all these values; its stock only where it had
// none, for what lies on the shelf is counted. Where a platform keeps the article, only
// what is the till's own may differ: favourite, low-stock mark and deposit.
struct SaveArticle {
  Variant article;
  DepositName deposit_name = {};  // where no article is that deposit yet
};
struct RemoveArticle {
  std::int64_t variant = 0;
};
// What lies on the shelf; nothing: it is not counted any more.
struct CountStock {
  std::int64_t variant = 0;
  std::optional<Quantity> counted;
  std::string reason;
};
// Goods that came in (above 0), or broke, went stale, were eaten (below).
struct MoveStock {
  std::int64_t variant = 0;
  Quantity delta{0};
  std::string reason;
};

// Its deposit is charged with it. 0: it bears none.
struct SetDeposit {
  std::int64_t article;
  std::int64_t deposit = 0;
};

// Price labels on the receipt printer, so many of each.
struct PrintLabels {
  std::vector<std::int64_t> variants;
  std::int64_t count = 1;
};
inline constexpr std::int64_t most_labels = 200;  // at a time, of all articles

}  // namespace core

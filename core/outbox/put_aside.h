// Something from outside that the till could not take: a file of the inbox, an
// order or a product of a platform. It is kept by name until it was taken after
// all, so that nothing vanishes unseen. A plain value.
#pragma once

#include <string>

#include "core/base/clock.h"

namespace core {

struct PutAside {
  std::string name;    // as its sender knows it: the file, the order's number
  std::string reason;  // in words
  Instant changed{};   // when its sender changed it last; 0: not known
  friend bool operator==(const PutAside&, const PutAside&) = default;
};

struct AsideRow {
  std::string source;  // the kind of upstream: "folder", "shopify"
  PutAside what;
  Instant since;           // it was put aside
  bool is_wanted = false;  // a person asked for another try
};

}  // namespace core

// Orders as a list shows them: which are asked for, and one row of each. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"

namespace core {

// The tabs of the Orders page.
enum class OrderTab { all, fresh, to_capture, to_fulfil, partially_paid, attention, archived };

struct OrderFilter {
  OrderTab tab = OrderTab::all;
  std::string text = {};        // number, customer, SKU, last four of the card
  std::string payment = {};     // a payment word; empty: any
  std::string fulfilment = {};  // a fulfilment word
  std::string stage = {};       // "open", "archived", "cancelled"
  std::int64_t customer = 0;    // the number of their record; 0: any
  std::int64_t offset = 0;
  std::int64_t limit = 50;
  friend bool operator==(const OrderFilter&, const OrderFilter&) = default;
};

// One row of the Orders page or of `tresen orders`.
struct OrderRow {
  OrderId id;
  std::int64_t row = 0;
  std::string number;
  std::string channel;
  std::string customer;
  std::string stage;
  std::string payment;
  std::string fulfilment;
  std::string sync;    // "done", "waiting", "refused", "unclear"; empty: nothing to sync
  std::string reason;  // why it was refused
  std::int64_t pieces = 0;
  Money total;
  Money paid;
  Instant placed;
  bool is_new = false;
  std::string attention;  // what is wrong with it, as a text key
  Instant expires;        // of its first open authorization; 0: nothing lapses
};

// How far an order has got to the outside: "done", "waiting", "refused" (and
// why), "unclear"; an empty word where nothing has to be told.
struct SyncState {
  std::string word;
  std::string reason;
};
struct OrderPage {
  OrderFilter filter;
  std::vector<OrderRow> rows;  // latest first
  std::int64_t total = 0;      // rows in the whole list
  bool is_whole = true;        // false: first hits, of which more may follow
};

struct TabCounts {
  std::int64_t all = 0, fresh = 0, to_capture = 0, to_fulfil = 0, partially_paid = 0, attention = 0,
               archived = 0;
};

}  // namespace core

// Gives goods and money back: which lines (or an amount without goods), why,
// whether the goods go back to the shelf, and by which tender. UI thread.
#pragma once

#include "core/orders/refund.h"
#include "pos/screens/order/line_picker.h"
#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"
#include "pos/ui/pads.h"

namespace pos {

// One way to give money back: to a payment that was made, or in cash.
struct RefundWay {
  core::Tender tender = core::Tender::cash;
  core::TransactionId original;  // nil: in cash or as store credit, whatever was paid with
  std::string label;
  core::Money most;
  friend bool operator==(const RefundWay&, const RefundWay&) = default;
};
std::vector<RefundWay> refund_ways(const core::Order& order, const Words& words);

struct RefundInput {
  std::vector<core::LineQuantity> open, picked;
  std::size_t way = 0;
  std::optional<std::size_t> reason = {};  // of refund_reasons(); chosen by a person
  bool restocks = true;
  bool with_extras = false;  // the shipping goes back as well
  bool is_free = false;      // an amount is keyed, no goods come back
  ui::Keyed keyed = {};      // in minor units
};
// `line`: what was tapped comes back, of several pieces one.
RefundInput refund_input(const core::OrderDetail& detail, core::LineId line = {});

struct RefundView {
  std::string title, reason_word, way_word, restock;
  std::vector<PickLine> lines;
  std::vector<std::string> reasons, ways;
  std::optional<std::size_t> reason;
  std::size_t way = 0;
  std::string extras;  // "Shipping 4.90": can go back as well; empty: nothing of it is left
  bool restocks = true, with_extras = false;
  bool is_free = false, is_refused = false;
  std::string amount, amount_word, other_way;  // the keyed amount; the button that switches
  std::string exchange, exchange_why_not;      // into the cart; empty: not possible
  FootView foot;
  friend bool operator==(const RefundView&, const RefundView&) = default;
};

struct RefundTap {
  PickTap pick;
  std::optional<std::size_t> reason, way;
  bool is_restock = false, is_extras = false, is_switched = false, is_exchange = false;
  ui::PadKey key = ui::PadKey::none;
  SheetTap foot = SheetTap::none;
};

// What comes back; how much it cost, and what coins make of it, is worked out by core.
core::RefundWish refund_wish(const Scene& scene, const core::OrderDetail& detail,
                             const RefundInput& input);

// What of it was paid by voucher, and goes back there before anything is handed out.
core::Money back_to_voucher(const core::OrderDetail& detail, core::RefundWish wish,
                            core::Tender tender);

std::vector<std::string> refund_reasons(const Words& words);

RefundView present(const Scene& scene, const core::OrderDetail& detail, const RefundInput& input);
RefundTap draw(ui::Ui& ui, const RefundView& view);
SheetResult react(const RefundTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  RefundInput& input);

}  // namespace pos

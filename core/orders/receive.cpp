#include "core/orders/receive.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/masking.h"
#include "core/base/text.h"
#include "core/orders/pricing.h"
#include "core/orders/refund.h"

namespace core {

namespace {

// Whether the other side names the item itself: then it is taken for no other.
template <class Item>
bool is_named_in(const std::vector<Item>& told, const Item& mine) {
  return std::any_of(told.begin(), told.end(), [&](const Item& item) {
    return item.id == mine.id ||
           (!mine.upstream_id.empty() && item.upstream_id == mine.upstream_id);
  });
}

// The known item that is the incoming one of all that is `told`; end: it is new. Items
// that are taken already are passed over, so that two equal ones stay two.
template <class Item, class Same>
auto match(std::vector<Item>& known, std::vector<bool>& taken, const std::vector<Item>& told,
           const Item& incoming, Same same) {
  const auto find = [&](auto fits) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (!taken[i] && fits(known[i])) return i;
    }
    return known.size();
  };
  std::size_t at = find([&](const Item& item) { return item.id == incoming.id; });
  if (at == known.size() && !incoming.upstream_id.empty()) {
    at = find([&](const Item& item) { return item.upstream_id == incoming.upstream_id; });
    if (at == known.size()) {
      at = find([&](const Item& item) {
        return item.upstream_id.empty() && !is_named_in(told, item) && same(item);
      });
    }
  }
  if (at < known.size()) taken[at] = true;
  return known.begin() + static_cast<std::ptrdiff_t>(at);
}

// A payment at the counter is a sale here and may be a capture there.
bool takes_money(TransactionKind kind) {
  return kind == TransactionKind::sale || kind == TransactionKind::capture;
}

// --- lines ---

// What is ordered of a line no more, of all that ever was.
Quantity taken_out(const LineItem& known, Quantity now) {
  const std::int64_t ever = known.quantity.thousandths + known.removed.thousandths;
  return {std::max<std::int64_t>(0, ever - now.thousandths)};
}

LineItem gone(const LineItem& known) {
  LineItem line = known;
  line.removed = taken_out(known, {0});
  line.quantity = line.announced = {0};
  line.returned_for.minor = 0;
  return line;
}

// The names of the lines there, and what they are called here.
using LineNames = std::vector<std::pair<LineId, LineId>>;

LineId ours(const LineNames& names, LineId theirs) {
  const auto at = std::find_if(names.begin(), names.end(),
                               [&](const auto& name) { return name.first == theirs; });
  return at == names.end() ? theirs : at->second;
}

// A line keeps its place and its id here; one that is not there any more is shown as
// taken out, so that no other is ever taken for it.
LineNames merge_lines(Order& result, const Order& known, const Order& incoming) {
  LineNames names;
  std::vector<LineItem> lines = known.lines;
  std::vector<bool> taken(known.lines.size(), false);
  std::vector<LineItem> fresh;
  for (const LineItem& theirs : incoming.lines) {
    const auto at = match(lines, taken, incoming.lines, theirs, [&](const LineItem& mine) {
      return mine.sku == theirs.sku && mine.title == theirs.title &&
             mine.unit_price == theirs.unit_price;
    });
    if (at == lines.end()) {
      fresh.push_back(theirs);
      continue;
    }
    names.emplace_back(theirs.id, at->id);
    const LineItem mine = *at;
    *at = theirs;
    at->id = mine.id;
    if (theirs.removed.thousandths == 0) at->removed = taken_out(mine, theirs.quantity);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!taken[i]) lines[i] = gone(lines[i]);
  }
  for (LineItem& line : fresh) lines.push_back(std::move(line));
  result.lines = std::move(lines);
  return names;
}

void rename_lines(Order& order, const LineNames& names) {
  for (Fulfilment& fulfilment : order.fulfilments) {
    for (LineQuantity& part : fulfilment.lines) part.line = ours(names, part.line);
  }
  for (Refund& refund : order.refunds) {
    for (RefundedLine& part : refund.lines) part.line = ours(names, part.line);
  }
}

// --- money ---

// Money that left the till is a fact of its own: only its id, its name or its mark
// says that the platform's is the same.
const Refund* same_refund(const Order& known, const Refund& theirs) {
  for (const Refund& mine : known.refunds) {
    const bool named = !theirs.upstream_id.empty() && mine.upstream_id == theirs.upstream_id;
    const bool marked =
        mine.upstream_id.empty() && theirs.reason.find(refund_mark(mine)) != std::string::npos;
    if (mine.id == theirs.id || named || marked) return &mine;
  }
  return nullptr;
}

// The payment of a refund that is known is the one that it was booked with here.
void rename_refund_payments(Order& incoming, const Order& known) {
  for (Refund& theirs : incoming.refunds) {
    const Refund* mine = same_refund(known, theirs);
    if (!mine) continue;
    for (std::size_t i = 0; i < std::min(mine->payments.size(), theirs.payments.size()); ++i) {
      for (Payment& payment : incoming.payments) {
        if (payment.id == theirs.payments[i]) payment.id = mine->payments[i];
      }
    }
    theirs.payments = mine->payments;
  }
}

bool is_of_refund(const Order& order, TransactionId payment) {
  return std::any_of(order.refunds.begin(), order.refunds.end(), [&](const Refund& refund) {
    return std::find(refund.payments.begin(), refund.payments.end(), payment) !=
           refund.payments.end();
  });
}

// A payment never changes: another state of it is another payment.
void merge_payments(Order& result, const Order& known, const Order& incoming) {
  result.payments = known.payments;
  std::vector<bool> taken(result.payments.size(), false);
  for (std::size_t i = 0; i < result.payments.size(); ++i) {
    taken[i] = std::none_of(
        incoming.payments.begin(), incoming.payments.end(),
        [&](const Payment& payment) { return payment.state == result.payments[i].state; });
  }
  std::vector<Payment> fresh;
  for (const Payment& payment : incoming.payments) {
    const auto at =
        match(result.payments, taken, incoming.payments, payment, [&](const Payment& mine) {
          // What is captured of an authorization was not paid at the counter.
          const bool alike = mine.kind == payment.kind ||
                             (takes_money(mine.kind) && takes_money(payment.kind) &&
                              (payment.original.is_nil() || mine.original == payment.original));
          return alike && mine.amount == payment.amount && !is_of_refund(incoming, payment.id) &&
                 (!takes_money(mine.kind) || stands(known, mine));
        });
    if (at == result.payments.end() || at->state != payment.state) {
      fresh.push_back(payment);
    } else if (at->upstream_id.empty()) {
      at->upstream_id = payment.upstream_id;
    }
  }
  for (Payment& payment : fresh) result.payments.push_back(std::move(payment));
}

void merge_refunds(Order& result, const Order& known, const Order& incoming) {
  result.refunds = known.refunds;
  for (const Refund& theirs : incoming.refunds) {
    const Refund* same = same_refund(known, theirs);
    if (!same) {
      result.refunds.push_back(theirs);
      continue;
    }
    Refund& mine = result.refunds[static_cast<std::size_t>(same - known.refunds.data())];
    if (mine.upstream_id.empty()) mine.upstream_id = theirs.upstream_id;
  }
}

// --- goods ---

void merge_fulfilments(Order& result, const Order& known, const Order& incoming) {
  result.fulfilments = known.fulfilments;
  std::vector<bool> taken(result.fulfilments.size(), false);
  for (const Fulfilment& theirs : incoming.fulfilments) {
    const auto at =
        match(result.fulfilments, taken, incoming.fulfilments, theirs, [&](const Fulfilment& mine) {
          // Cancelled there before anybody heard that it was made.
          const bool stands_here =
              mine.state == theirs.state || mine.state == FulfilmentState::done;
          return stands_here && mine.lines == theirs.lines;
        });
    if (at == result.fulfilments.end()) {
      result.fulfilments.push_back(theirs);
      taken.push_back(true);
      continue;
    }
    at->state = theirs.state;
    if (!theirs.lines.empty()) at->lines = theirs.lines;
    if (!theirs.upstream_id.empty()) at->upstream_id = theirs.upstream_id;
    if (!theirs.carrier.empty()) at->carrier = theirs.carrier;
    if (!theirs.tracking_number.empty()) at->tracking_number = theirs.tracking_number;
    if (!theirs.tracking_url.empty()) at->tracking_url = theirs.tracking_url;
  }
}

}  // namespace

Order merged(const Order& known, const Order& told) {
  Order incoming = told;
  Order result = incoming;
  if (known.channel != "till") rename_lines(incoming, merge_lines(result, known, incoming));
  rename_refund_payments(incoming, known);
  result.id = known.id;
  result.row = known.row;
  result.is_new = known.is_new;
  result.timeline = known.timeline;
  result.cashier = incoming.cashier.empty() ? known.cashier : incoming.cashier;
  if (incoming.cash_rounding.is_zero()) result.cash_rounding = known.cash_rounding;
  if (known.customer_edited) {
    result.customer = known.customer;
    result.customer_edited = true;
  }
  if (result.upstream_id.empty()) result.upstream_id = known.upstream_id;
  if (result.upstream_number.empty()) result.upstream_number = known.upstream_number;
  if (incoming.version == 0) result.version = known.version;
  merge_payments(result, known, incoming);
  merge_fulfilments(result, known, incoming);
  merge_refunds(result, known, incoming);
  return result;
}

bool is_news(const Order& known, const Order& incoming) {
  if (incoming.version > 0) return incoming.version > known.version;
  Order both = merged(known, incoming);
  // The till judges these itself when it takes the order over.
  both.attention = known.attention;
  return !(both == known) || unknown_capture(both, incoming);
}

const Payment* unknown_capture(const Order& both, const Order& incoming) {
  // Where the till is the master, nobody else has to know its captures.
  if (both.upstream_id.empty()) return nullptr;
  for (const Payment& payment : both.payments) {
    const bool named = !payment.upstream_id.empty() ||
                       std::any_of(incoming.payments.begin(), incoming.payments.end(),
                                   [&](const Payment& theirs) { return theirs.id == payment.id; });
    const bool ours = payment.kind == TransactionKind::capture && !named;
    if (ours && stands(both, payment)) return &payment;
  }
  return nullptr;
}

Order made_safe(Order order) {
  const auto mask = [](std::string& text) {
    if (text.empty()) return;
    text = without_card_data(std::string_view(text));
    if (has_control_character(text)) text = without_control_characters(text);
  };
  // What is written in one line wherever it is shown or printed.
  const auto tidy = [&](std::string& text) {
    text = one_line(text);
    mask(text);
  };
  for (std::string* text : {&order.note, &order.attention}) mask(*text);
  for (std::string* text :
       {&order.cashier, &order.customer.name, &order.fulfilment, &order.upstream_payment}) {
    tidy(*text);
  }
  order.customer.email = one_line(order.customer.email);
  if (!is_email(order.customer.email)) mask(order.customer.email);
  Address& address = order.address;
  for (std::string* text :
       {&address.name, &address.company, &address.street, &address.extra, &address.postcode,
        &address.city, &address.region, &address.country, &address.phone}) {
    tidy(*text);
  }
  if (order.discount) tidy(order.discount->reason);
  for (LineItem& line : order.lines) {
    tidy(line.title);
    mask(line.note);
    line.sku = one_line(line.sku);
    line.barcode = one_line(line.barcode);
    if (line.discount) tidy(line.discount->reason);
  }
  for (ExtraCharge& extra : order.extras) tidy(extra.title);
  for (Payment& payment : order.payments) {
    tidy(payment.label);
    tidy(payment.reference);
  }
  for (Fulfilment& fulfilment : order.fulfilments) tidy(fulfilment.carrier);
  for (Refund& refund : order.refunds) {
    mask(refund.reason);
    tidy(refund.approver);
  }
  return order;
}

namespace {

// What a refund gave back: its payments where it names them, for one can fail and be made
// again, else what it says.
Money given_by(const Order& order, const Refund& refund) {
  if (refund.payments.empty()) return {refund.amount.minor, order.currency};
  Money sum{0, order.currency};
  for (const Payment& payment : order.payments) {
    const bool is_its = std::find(refund.payments.begin(), refund.payments.end(), payment.id) !=
                        refund.payments.end();
    if (is_its && stands(order, payment)) sum.minor += payment.amount.minor;
  }
  return sum;
}

}  // namespace

std::string given_back_beyond(const Order& order) {
  Money given{0, order.currency};
  for (const Refund& refund : order.refunds) given += given_by(order, refund);
  given = std::max(given, refunded_sum(order));
  const bool tells_payments =
      std::any_of(order.payments.begin(), order.payments.end(),
                  [](const Payment& payment) { return payment.kind != TransactionKind::refund; });
  const Money most = tells_payments ? received_sum(order) : price(order).total;
  if (given.is_zero() || given <= most) return "";
  return fmt::format(fmt::runtime(tells_payments ? "{} were given back, and only {} were paid."
                                                 : "{} were given back, and the order costs {}."),
                     to_plain(given), to_plain(most));
}

std::string attention_of(const Order& order, Currency shop) {
  if (!order.attention.empty()) return order.attention;
  if (order.lines.empty()) return "This order has no lines.";
  if (order.currency == Currency{}) return "This order says no currency.";
  if (order.currency != shop) return "This order is in another currency.";
  if (auto beyond = given_back_beyond(order); !beyond.empty()) return beyond;
  if (!order.customer.email.empty() && !is_email(order.customer.email)) {
    return "The e-mail address cannot be right: " + order.customer.email;
  }
  if (order.delivery == Delivery::shipping && !order.address.is_known()) {
    return "There is no address to ship to.";
  }
  if (order.customer.email.empty() && order.delivery != Delivery::counter) {
    return "There is no e-mail address.";
  }
  return "";
}

}  // namespace core

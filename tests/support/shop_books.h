// A platform whose orders people change: what its books say, and the order as it
// would tell it. Both are kept apart, so that neither is derived from the other.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "core/commands.h"
#include "core/orders/order.h"
#include "core/orders/refund.h"
#include "core/store/outbox_store.h"

namespace tests {

// Plain sums of one order; cents and pieces.
struct Books {
  struct Line {
    std::int64_t price = 0, ordered = 0, fulfilled = 0, returned = 0, announced = 0;
  };
  std::map<std::string, Line> lines;  // by the platform's names
  std::int64_t held = 0, captured = 0, refunded = 0, credited = 0, returned_for = 0;
  std::int64_t total() const {
    std::int64_t sum = 0;
    for (const auto& [name, line] : lines) sum += line.price * line.ordered;
    return sum;
  }
  std::int64_t owed() const { return total() - returned_for - credited - captured + refunded; }
};

class PersonsShop {
 public:
  explicit PersonsShop(core::Instant now) : now_(now) {
    order_.id = {id(1)};
    order_.number = "7";
    order_.channel = "online";
    order_.stage = core::Stage::open;
    order_.customer = {"Jo Lang", "jo@example.org", "en"};
    order_.delivery = core::Delivery::shipping;
    order_.address.city = "Köln";
    order_.upstream_id = "order_7";
    order_.placed = order_.created = now;
    add_line(1000, 3);
    add_line(500, 2);
    hold(books.total());
  }

  Books books;
  bool takes_payments = true;  // that were made at a counter

  // --- what a person does; false: not possible now ---
  bool add_line(std::int64_t price, std::int64_t pieces) {
    const std::string name = next_name("line");
    books.lines[name] = {price, pieces, 0, 0, 0};
    core::LineItem line;
    line.id = {id(made_)};
    line.upstream_id = name;
    line.title = line.sku = "P" + std::to_string(price);
    line.unit_price = {price, core::eur};
    line.quantity = core::pieces(pieces);
    order_.lines.insert(order_.lines.begin(), line);  // lines come in no fixed order
    return true;
  }
  // Down to nothing: the line is gone there.
  bool change_line(std::size_t which, std::int64_t pieces) {
    if (order_.lines.empty()) return false;
    core::LineItem& line = order_.lines[which % order_.lines.size()];
    Books::Line& book = books.lines[line.upstream_id];
    if (pieces < book.fulfilled || book.returned > 0 || book.announced > 0) return false;
    if (pieces == 0 && order_.lines.size() == 1) return false;
    book.ordered = pieces;
    line.quantity = core::pieces(pieces);
    if (pieces == 0) {
      books.lines.erase(line.upstream_id);
      std::erase_if(order_.lines, [](const auto& one) { return one.quantity.thousandths == 0; });
    }
    return true;
  }
  bool capture(std::int64_t cents) {
    cents = std::min(cents, books.held);
    if (cents <= 0) return false;
    books.held -= cents;
    books.captured += cents;
    pay(core::TransactionKind::capture, cents, "capture");
    order_.payments.back().original = held_;
    return true;
  }
  bool refund(std::int64_t cents, const std::string& note) {
    cents = std::min(cents, books.captured - books.refunded);
    if (cents <= 0) return false;
    const std::int64_t to_customer = std::max<std::int64_t>(0, -books.owed());
    const std::int64_t credit = std::max<std::int64_t>(0, cents - to_customer);
    books.refunded += cents;
    books.credited += credit;
    order_.credited += core::Money{credit, core::eur};
    pay(core::TransactionKind::refund, cents, "refund");
    core::Refund told;
    told.id = {order_.payments.back().id.uuid};
    told.amount = {cents, core::eur};
    told.payments = {order_.payments.back().id};
    told.reason = note;
    told.at = now_;
    told.upstream_id = order_.payments.back().upstream_id;
    order_.refunds.push_back(told);
    return true;
  }
  bool fulfil(std::size_t which, std::int64_t pieces, core::FulfilmentId parcel = {}) {
    if (order_.lines.empty()) return false;
    return send({order_.lines[which % order_.lines.size()].upstream_id, pieces}, parcel);
  }
  bool cancel_parcel(std::size_t which) {
    if (order_.fulfilments.empty()) return false;
    core::Fulfilment& parcel = order_.fulfilments[which % order_.fulfilments.size()];
    if (parcel.state != core::FulfilmentState::done) return false;
    for (const core::LineQuantity& part : parcel.lines) {
      const Books::Line& book = books.lines[name_of(part.line)];
      if (book.fulfilled - part.quantity.thousandths / 1000 < book.returned + book.announced) {
        return false;
      }
    }
    parcel.state = core::FulfilmentState::cancelled;
    for (const core::LineQuantity& part : parcel.lines) {
      books.lines[name_of(part.line)].fulfilled -= part.quantity.thousandths / 1000;
    }
    return true;
  }
  bool announce(std::size_t which, std::int64_t pieces) {
    if (order_.lines.empty()) return false;
    core::LineItem& line = order_.lines[which % order_.lines.size()];
    Books::Line& book = books.lines[line.upstream_id];
    if (book.fulfilled - book.returned - book.announced < pieces || pieces <= 0) return false;
    book.announced += pieces;
    line.announced.thousandths += pieces * 1000;
    return true;
  }
  bool receive(std::size_t which, std::int64_t pieces) {
    if (order_.lines.empty()) return false;
    core::LineItem& line = order_.lines[which % order_.lines.size()];
    Books::Line& book = books.lines[line.upstream_id];
    pieces = std::min(pieces, book.announced);
    if (pieces <= 0) return false;
    book.announced -= pieces;
    line.announced.thousandths -= pieces * 1000;
    take_back(line, pieces);
    return true;
  }

  // --- the till is told of, as an adapter makes it look ---
  core::Order telling() const { return order_; }

  core::OutboxAnswer answer(const core::OutboxRow& row, const core::Order& wanted) {
    core::OutboxAnswer answer{row.row, core::OutboxFate::done, "", now_, {}};
    const auto refuse = [&] {
      answer.fate = core::OutboxFate::refused;
      answer.reason = "the platform does not allow it";
    };
    switch (row.kind) {
      case core::OutboxKind::capture:
        // What was done there already counts as done.
        answer.learnt.done_by_others = books.held <= 0;
        if (books.held > 0) {
          answer.learnt.amount = std::min(row.amount.minor, books.held);
          capture(row.amount.minor);
          answer.learnt.subject_id = order_.payments.back().upstream_id;
        }
        break;
      case core::OutboxKind::fulfil:
        answer.learnt.done_by_others = !send_parcel(wanted, row.subject);
        break;
      case core::OutboxKind::add_payment:
        takes_payments ? add_payment(row) : refuse();
        break;
      case core::OutboxKind::refund:
        if (!give_back(wanted, row.subject)) refuse();
        break;
      case core::OutboxKind::archive:
        order_.stage = core::Stage::archived;
        break;
      default:
        refuse();
    }
    return answer;
  }

 private:
  core::Uuid id(int number) const {
    core::Uuid made;
    made.bytes[0] = 9;
    made.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    made.bytes[15] = static_cast<std::uint8_t>(number);
    return made;
  }
  std::string next_name(const std::string& what) { return what + "_" + std::to_string(++made_); }
  std::string name_of(core::LineId line) const {
    for (const core::LineItem& one : order_.lines) {
      if (one.id == line) return one.upstream_id;
    }
    return "";
  }
  core::LineItem* line_named(const std::string& name) {
    for (core::LineItem& line : order_.lines) {
      if (line.upstream_id == name) return &line;
    }
    return nullptr;
  }
  void pay(core::TransactionKind kind, std::int64_t cents, const std::string& what) {
    core::Payment made;
    made.upstream_id = next_name(what);
    made.id = {id(made_)};
    made.kind = kind;
    made.tender = core::Tender::other;
    made.amount = made.given = {cents, core::eur};
    made.at = now_;
    order_.payments.push_back(made);
  }
  void hold(std::int64_t cents) {
    books.held = cents;
    pay(core::TransactionKind::authorization, cents, "payment");
    held_ = order_.payments.back().id;
  }
  void take_back(core::LineItem& line, std::int64_t pieces) {
    Books::Line& book = books.lines[line.upstream_id];
    book.returned += pieces;
    books.returned_for += book.price * pieces;
    line.returned.thousandths += pieces * 1000;
    line.returned_for += core::Money{book.price * pieces, core::eur};
  }
  bool send(const std::pair<std::string, std::int64_t>& part, core::FulfilmentId parcel) {
    const core::LineItem* line = line_named(part.first);
    if (!line) return false;
    Books::Line& book = books.lines[part.first];
    const std::int64_t pieces = std::min(part.second, book.ordered - book.fulfilled);
    if (pieces <= 0) return false;
    book.fulfilled += pieces;
    const std::string name = next_name("parcel");
    const auto known =
        std::find_if(order_.fulfilments.begin(), order_.fulfilments.end(),
                     [&](const auto& one) { return !parcel.is_nil() && one.id == parcel; });
    if (known != order_.fulfilments.end()) {
      known->lines.push_back({line->id, core::pieces(pieces)});
      return true;
    }
    core::Fulfilment made;
    made.id = parcel.is_nil() ? core::FulfilmentId{id(made_)} : parcel;
    made.upstream_id = name;
    made.lines = {{line->id, core::pieces(pieces)}};
    made.at = now_;
    order_.fulfilments.push_back(made);
    return true;
  }
  bool send_parcel(const core::Order& wanted, const core::Uuid& subject) {
    bool sent = false;
    for (const core::Fulfilment& parcel : wanted.fulfilments) {
      if (parcel.id.uuid != subject) continue;
      for (const core::LineQuantity& part : parcel.lines) {
        for (const core::LineItem& line : wanted.lines) {
          if (line.id != part.line) continue;
          sent |= send({line.upstream_id, part.quantity.thousandths / 1000}, parcel.id);
        }
      }
    }
    return sent;
  }
  void add_payment(const core::OutboxRow& row) {
    for (const core::Payment& payment : order_.payments) {
      if (payment.id.uuid == row.subject) return;
    }
    books.captured += row.amount.minor;
    pay(core::TransactionKind::sale, row.amount.minor, "paid");
    order_.payments.back().id = {row.subject};
  }
  bool give_back(const core::Order& wanted, const core::Uuid& subject) {
    for (const core::Refund& refund : wanted.refunds) {
      if (refund.id.uuid != subject) continue;
      const std::string mark = core::refund_mark(refund);
      for (const core::Refund& known : order_.refunds) {
        if (known.reason.find(mark) != std::string::npos) return true;
      }
      if (refund.amount.minor > books.captured - books.refunded) return false;
      for (const core::RefundedLine& part : refund.lines) {
        for (const core::LineItem& mine : wanted.lines) {
          core::LineItem* line = mine.id == part.line ? line_named(mine.upstream_id) : nullptr;
          if (!line || !part.restock) continue;
          Books::Line& book = books.lines[line->upstream_id];
          const std::int64_t pieces =
              std::min(part.quantity.thousandths / 1000, book.fulfilled - book.returned);
          if (pieces <= 0) continue;
          const std::int64_t announced =
              std::max<std::int64_t>(0, pieces - (book.fulfilled - book.returned - book.announced));
          book.announced -= announced;
          line->announced.thousandths -= announced * 1000;
          take_back(*line, pieces);
        }
      }
      return this->refund(refund.amount.minor, refund.reason + " " + mark);
    }
    return true;
  }

  core::Order order_;
  core::Instant now_;
  core::TransactionId held_;
  int made_ = 100;
};

}  // namespace tests

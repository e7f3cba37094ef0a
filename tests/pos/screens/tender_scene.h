// A till in the middle of a payment, for tests of screens: two lines for 47.83,
// a customer, a terminal that is ready. What the till knows can be changed.
#pragma once

#include <string>

#include "pos/desk/scene.h"
#include "tests/support/till_driver.h"

namespace test {

using tests::euros;
template <class Tag>
core::Id<Tag> id_of(std::uint8_t number) {
  core::Id<Tag> id;
  id.uuid.bytes[15] = number;
  return id;
}
inline core::OrderId order_id(std::uint8_t number) {
  return id_of<core::OrderTag>(number);
}
inline core::AttemptId attempt_id(std::uint8_t number) {
  return id_of<core::AttemptTag>(number);
}

class TenderScene {
 public:
  explicit TenderScene(pos::Language language = pos::Language::english)
      : words_(pos::Translations::load()), language_(language) {
    devices.printer = {pos::ui::State::ok, "Printer ready"};
    devices.terminal = {pos::ui::State::ok, "Terminal ready"};
    devices.sync = {pos::ui::State::ok, "Synced"};
    till.revision = 1;
    till.order.id = order_id(1);
    till.order.number = "T1-000482";
    till.order.customer = {"Marlene Brandt", "brandt@example.com", ""};
    till.order.lines.resize(2);
    till.order.lines[0].quantity = core::pieces(6);
    till.totals.total = euros(4783);
    owe(4783);
  }

  void owe(std::int64_t minor) {
    till.due = euros(minor);
    till.paid = euros(till.totals.total.minor - minor);
  }

  // A tender that came in since the order was taken in hand.
  void pay(core::Tender tender, std::int64_t minor) {
    core::Payment payment;
    payment.id =
        id_of<core::TransactionTag>(static_cast<std::uint8_t>(till.order.payments.size() + 1));
    payment.tender = tender;
    payment.amount = payment.given = euros(minor);
    payment.at = instant();
    payment.version = till.order.version + 1;
    if (tender == core::Tender::card) payment.reference = "Visa •••• 4242";
    till.order.payments.push_back(payment);
    owe(till.due.minor - minor);
    ++till.revision;
  }

  void attempt(core::CardPhase phase, std::int64_t minor) {
    core::CardAttempt card;
    card.id = attempt_id(1);
    card.order = till.order.id;
    card.amount = euros(minor);
    card.phase = phase;
    card.started = instant();
    till.attempt = card;
    ++till.revision;
  }

  // Completed: the order is gone, and there is a Done card.
  void complete() {
    till.order = {};
    till.attempt.reset();
    till.done.emplace();
    ++till.revision;
  }

  core::Instant instant() const {
    return core::Instant(std::chrono::seconds(1'795'448'752 + later));
  }

  pos::Scene scene() const {
    return {till,      found,
            devices,   words_(language_),
            instant(), core::local_time(instant(), "Europe/Berlin"),
            1280,      800,
            ""};
  }

  core::Snapshot till;
  pos::Found found;
  pos::Devices devices;
  std::int64_t later = 0;  // seconds since the tale began

 private:
  pos::Translations words_;
  pos::Language language_;
};

template <class Kind>
const Kind* only(const pos::Reaction& reaction) {
  return reaction.commands.size() == 1 ? reaction.commands[0].as<Kind>() : nullptr;
}

}  // namespace test

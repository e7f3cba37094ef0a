// A German shop with a security device on paper: what the register asks of its worker and of
// its printer is done here, when a test says so.
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"
#include "tests/support/paper_tse.h"
#include "tests/support/till_driver.h"

namespace tests {

class SigningShop {
 public:
  SigningShop() {
    till.must(core::ChangeSetting{"fiscal.device", "software"});
    till.must(core::ChangeSetting{"shop.country", "DE"});
    till.must(core::ChangeSetting{"upstream.kind", "none"});
    device_is_seen();
  }

  // A command of the cashier; what it asks for waits in line.
  void must(const core::Command& command) { take(till.must(command)); }
  core::Refusal refused(const core::Command& command) { return till.refused(command); }
  void scan(const std::string& code) { must(core::Scan{code}); }
  void pay() { must(core::TakeCash{till.now().due}); }
  void sell(const std::string& code) {
    scan(code);
    pay();
  }

  // The worker does the first step in its line, however the device behaves. False: there is
  // none. `fault` at the moment of sending; a step that is asked about is always answered.
  bool work_one(TseFault fault = TseFault::none) {
    if (steps.empty()) return false;
    const core::SignStep step = steps.front();
    steps.pop_front();
    if (!till.till().handle(core::SigningBegins{step.transaction, step.verb, step.asks})) {
      return true;
    }
    tse.now = till.clock.now();
    const core::SigningAnswer answer = step.asks ? tse.recover(step) : tse.sign(step, fault);
    tell({step.transaction, step.verb, answer});
    return true;
  }
  void tell(const core::SigningAnswered& answered) { must(answered); }
  void work() {
    while (work_one()) {
    }
  }
  // As when it was prepared at the start, or found again.
  void device_is_seen() { must(tse.seen()); }

  // The till is killed, and started again; its worker prepares the device.
  void restart() {
    steps.clear();
    slips.clear();
    take(till.reopen());
    device_is_seen();
  }

  // What lies at the printer comes out. Nothing may that says neither its signature nor why
  // there is none.
  void print() {
    while (!slips.empty()) {
      const core::PrintSlip slip = slips.front();
      slips.pop_front();
      if (!till.till().handle(core::PrintBegins{slip.job, slip.printer})) continue;
      const bool is_told = slip.receipt.signing &&
                           slip.receipt.signing->state != core::ReceiptSigning::State::waiting;
      const bool needs = core::signing_of_receipt(till.database(), slip.receipt.row).has_value();
      if (needs) CHECK(is_told);
      printed[slip.receipt.row] = slip.receipt;
      order_of_paper.push_back(slip.receipt.row);
      take(till.must(core::PrintAnswered{slip.job, core::PrintFate::printed, ""}));
    }
  }

  std::int64_t last_receipt() {
    auto query = till.database().query("SELECT max(row) FROM receipts");
    REQUIRE(query.next());
    return query.integer(0);
  }
  core::ReceiptSigning signing(std::int64_t receipt) {
    const auto found = core::receipt_signing(till.database(), receipt);
    REQUIRE(found);
    return *found;
  }
  std::size_t gaps() { return core::outages(till.database(), -1).size(); }

  void take(core::Effects effects) {
    for (core::Effect& effect : effects) {
      if (auto* step = std::get_if<core::SignStep>(&effect)) steps.push_back(std::move(*step));
      if (auto* slip = std::get_if<core::PrintSlip>(&effect)) slips.push_back(std::move(*slip));
    }
  }

  TillDriver till;
  PaperTse tse;
  std::deque<core::SignStep> steps;
  std::deque<core::PrintSlip> slips;
  std::map<std::int64_t, core::Receipt> printed;  // by row
  std::vector<std::int64_t> order_of_paper;
};

}  // namespace tests

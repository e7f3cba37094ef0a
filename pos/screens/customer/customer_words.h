// What the customer is shown while a sale is rung up: the line that was added,
// with the unit price of what was weighed, the total, what is to pay, the
// change, thanks. Pure; for the line display and for the window on the second
// screen.
#pragma once

#include <string>
#include <vector>

#include "core/orders/receipt.h"
#include "core/snapshot.h"
#include "drivers/display/line_display.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct CustomerLine {
  std::string title, detail, amount;
  bool is_latest = false;  // it was added or changed last
  friend bool operator==(const CustomerLine&, const CustomerLine&) = default;
};

// What the snapshot does not tell.
struct CustomerMoment {
  bool is_paying = false;                     // the cashier is at the tender screen
  core::Instant now = {};                     // thanks end after a while
  const core::Receipt* to_be_read = nullptr;  // a receipt that is handed over as a QR code
};

enum class CustomerPhase : std::uint8_t { idle, ringing_up, paying, thanks, receipt };

struct CustomerPage {
  CustomerPhase phase = CustomerPhase::idle;
  std::string shop, second;         // of the idle page
  std::vector<CustomerLine> lines;  // the latest last
  std::string total_word, total;    // empty: nothing is being sold
  std::string paid_word, paid;      // empty: nothing yet
  std::string main_word, main;      // the one amount that counts: to pay, or the change
  std::string change_word, change;
  std::string words;     // a sentence: what to do, or thanks
  std::string qr;        // the payload; empty: none
  std::string training;  // empty: this is no training
  friend bool operator==(const CustomerPage&, const CustomerPage&) = default;
};

CustomerPage customer_page(const core::Snapshot& till, const Words& words,
                           const CustomerMoment& moment = {});
drivers::DisplayText display_text(const core::Snapshot& till, const Words& words);

// A receipt as text that any phone shows without a network, at most
// `most_bytes`: first the tax lines' details go, then lines are counted
// instead of named; shop, number, time and total always stand there.
std::string qr_text(const core::Receipt& receipt, const Words& words, std::size_t most_bytes = 700);

}  // namespace pos

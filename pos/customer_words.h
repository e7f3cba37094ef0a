// What the customer is shown while a sale is rung up: the line that was added,
// with the unit price of what was weighed, the total, the change. Pure; for the
// line display and for the window on the second screen.
#pragma once

#include <string>
#include <vector>

#include "core/snapshot.h"
#include "drivers/display/line_display.h"
#include "pos/screens/sheet.h"

namespace pos {

struct CustomerLine {
  std::string title, detail, amount;
  friend bool operator==(const CustomerLine&, const CustomerLine&) = default;
};

struct CustomerPage {
  std::string shop, second;         // of the idle page
  std::vector<CustomerLine> lines;  // the latest last
  std::string total_word, total;    // empty: nothing is being sold
  std::string change_word, change;
  friend bool operator==(const CustomerPage&, const CustomerPage&) = default;
};

CustomerPage customer_page(const core::Snapshot& till, const Words& words);
drivers::DisplayText display_text(const core::Snapshot& till, const Words& words);

}  // namespace pos

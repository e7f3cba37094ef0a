// What `tresen order NUMBER VERB` does: the same commands that the screens give.
#pragma once

#include <string>
#include <vector>

#include "core/commands.h"
#include "core/orders/refund.h"
#include "core/register.h"
#include "pos/cli/command.h"

namespace pos::cli {

struct VerbOptions {
  std::string verb;
  std::string amount;  // of a capture, a refund; empty: all of it
  std::string reason;  // of a cancellation, a refund
  std::string carrier, tracking, url;
  std::string to;  // who takes the goods, or the code
  std::string tender = "cash";
  std::string voucher;                // its number, where that is the tender of collecting
  std::string tip;                    // of collecting in cash, beside what is due
  std::string mail = "confirmation";  // of a refund, of collecting
  std::vector<std::string> lines;     // "SKU" or "SKU=QUANTITY"
  bool restock = false;
  bool shipping = false;  // of a refund: goes back as well
  bool notify = false;
};

void add_verb_options(CLI::App& app, VerbOptions& options);

// "9.90 cash to Jule Harms, approved by Lena: damaged".
std::string refund_words(const core::RefundNote& note);

// Carries it out for the order, or says on stderr why not.
Status run_verb(core::Register& till, const core::Order& order, const VerbOptions& options);

}  // namespace pos::cli

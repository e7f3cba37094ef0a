// Everything the register asks of the world, after the commit that made it
// true. The runtime hands each to the worker that owns the device.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/cards/card_attempt.h"
#include "core/catalogue/catalogue.h"
#include "core/fiscal/signing_effects.h"
#include "core/orders/receipt.h"
#include "core/reports/report.h"
#include "core/settings/device_test.h"
#include "core/shift/day_document.h"

namespace core {

struct OpenDrawer {};
struct PrintSlip {
  std::int64_t job;
  SlipForm form;
  Receipt receipt;
  int printer = 0;                      // 0: the receipt printer, 1: the second one
  bool repeated = false;                // may be on paper already: headed COPY
  std::optional<DayDocument> day = {};  // of a receipt of no order
  std::string code = "qr";              // how a signature stands on it: qr, text, both
  std::string logo = {};                // a picture in the data folder; empty: none
};
struct RunDeviceTest {
  DeviceTest test;
};
struct AuthorizeCard {
  CardAttempt attempt;
};
struct ProbeCard {
  CardAttempt attempt;
  std::vector<std::string> other_tickets = {};  // of the latest bookings that are other attempts'
};
struct WishCancel {
  AttemptId attempt;
};
struct PrintTerminalSlip {
  TerminalSlip slip;
};
struct WorkAtTerminal {
  TerminalWork work;
};
struct CloseTerminalDay {
  Currency currency;
};
struct PrintReportSlip {
  ShopSettings shop;
  std::string till, actor;
  Instant at;
  ReportPage page;
};
// For the shelf; no receipts, and not kept.
struct PrintLabelSlips {
  std::string language;  // of the shop
  std::vector<Variant> articles;
  std::int64_t count = 1;  // of each
};
struct WakeSync {};
struct ShowOrder {
  OrderId order;
};  // a receipt's barcode was scanned
struct ShowVoucher {
  std::string number;
};  // a voucher was scanned, and there is nothing to pay with it
struct ShowDayReceipt {
  Receipt receipt;
};  // the same of a receipt of no order

using Effect =
    std::variant<OpenDrawer, PrintSlip, AuthorizeCard, ProbeCard, WishCancel, WakeSync, ShowOrder,
                 PrintTerminalSlip, WorkAtTerminal, RunDeviceTest, ShowVoucher, PrintReportSlip,
                 ShowDayReceipt, SignStep, ProbeSigningDevice, CloseTerminalDay, PrintLabelSlips>;
using Effects = std::vector<Effect>;

// Why the register said no. `text` is an English sentence that is also the key
// of its translation; `detail` is what it was about (a code, a name).
enum class RefusalKind { rule, not_found, needs_approval, not_allowed, not_saved };
struct Refusal {
  RefusalKind kind = RefusalKind::rule;
  std::string text;
  std::string detail;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

using Handled = Result<Effects, Refusal>;

}  // namespace core

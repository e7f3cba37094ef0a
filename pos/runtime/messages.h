// What the threads of the till say to one another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "core/commands.h"
#include "core/effects.h"
#include "core/questions.h"
#include "core/settings/settings.h"
#include "drivers/display/line_display.h"
#include "pos/config/make_terminal.h"
#include "pos/desk/errands.h"
#include "pos/desk/scene.h"
#include "pos/runtime/queue.h"
#include "pos/ui/renderer.h"

namespace pos {

// Why the register did not carry a command out; nothing: it did.
using Reply = std::optional<core::Refusal>;

struct NumberedReply {
  std::uint64_t question = 0;
  Reply reply;
};

// Who hears of a refusal: the worker that asked, or the cashier as well, where
// another try will not mend it.
enum class Refusals { to_the_worker, to_both };
// A worker that wants to know what became of its command (see RegisterLine); the
// queue must outlive the register's thread.
struct Asker {
  Queue<NumberedReply>* replies = nullptr;
  std::uint64_t question = 0;
  Refusals refusals = Refusals::to_the_worker;
};

// To the register. Where nobody asks, a refusal is for the cashier.
struct Post {
  core::Command command;
  std::string approval = {};
  std::optional<Asker> asker = {};
  std::optional<ImportFile> import = {};  // in the place of the command
};
// Hands a command to the register, from any thread. False: the till is stopping.
using PostBack = std::function<bool(Post)>;

// To the printer.
struct UsePrinter {
  core::PrinterSettings settings;
};
using PrinterMessage =
    std::variant<core::PrintSlip, core::OpenDrawer, UsePrinter, core::RunDeviceTest,
                 core::PrintTerminalSlip, core::PrintReportSlip, core::PrintLabelSlips>;

// To the customer's display, the scale and the scanner.
struct UseDisplay {
  core::DisplaySettings settings;
};
using DisplayMessage = std::variant<drivers::DisplayText, UseDisplay>;
struct UseScale {
  core::ScaleSettings settings;
};
struct WeightTaken {};
using ScaleMessage = std::variant<UseScale, WeightTaken, core::RunDeviceTest>;
struct UseScanner {
  core::ScannerSettings settings;
};

// To the card terminal.
struct UseTerminal {
  core::TerminalSettings settings;
  core::Currency currency;
  std::string zone = {};  // that its clock is set to: the shop's
  friend bool operator==(const UseTerminal&, const UseTerminal&) = default;
};
using TerminalMessage = std::variant<core::AuthorizeCard, core::ProbeCard, core::WorkAtTerminal,
                                     core::CloseTerminalDay, UseTerminal, TerminalSecrets>;

// To the security device.
struct UseSigning {
  core::FiscalSettings settings;
};
using SigningMessage =
    std::variant<core::SignStep, core::ProbeSigningDevice, UseSigning, SigningWish>;

// To the reader: a question, or a slip to draw.
struct DrawSlip {
  core::Receipt receipt;
  core::SlipForm form;
  std::string profile;
  bool is_simulated = false;  // there is no paper, and the picture says so
  std::filesystem::path logo = {};
};
// Or a report to write into a file of this folder, which is made if missing.
struct WriteReport {
  core::ReportAsk what;
  std::filesystem::path folder;
};
struct WriteCustomer {
  std::int64_t id;
};  // all that is kept of them, to files
using ReaderMessage = std::variant<core::Question, DrawSlip, WriteReport, WriteCustomer, HelpWish>;

// To the screens.
struct Refused {
  core::Command command;
  core::Refusal refusal;
};
struct Approved {};  // what went out with somebody's PIN was carried out
struct ShowThis {
  core::OrderId order;
};
struct ShowVoucherPage {
  std::string number;
};
struct ShowSlip {
  core::Receipt receipt;  // of no order
};
struct SlipPicture {
  core::OrderId order;
  ui::Image image;
};
struct Scanned {
  std::string code;  // with its AIM identifier, where the scanner sends one
};
struct Written {
  std::string file;
  std::string why_not;  // empty: it is there
};
using UiMessage = std::variant<Refused, Approved, ShowThis, SlipPicture, core::Answer, Scanned,
                               ShowVoucherPage, Written, ShowSlip, FolderList, ImportAnswer,
                               RestoreAnswer, BackupCodeMade, FoundHelp, Examined>;

// Wakes the thread that draws; from any thread.
using Wake = std::function<void()>;

}  // namespace pos

// What the threads of the till say to one another.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "core/commands.h"
#include "core/effects.h"
#include "core/settings.h"
#include "core/store/questions.h"
#include "drivers/display/line_display.h"
#include "pos/runtime/queue.h"
#include "pos/ui/renderer.h"

namespace pos {

// Why the register did not carry a command out; nothing: it did.
using Reply = std::optional<core::Refusal>;

// To the register. `reply`, if any, is told what became of it; it must outlive
// the register's thread.
struct Post {
  core::Command command;
  std::string approval = {};
  Queue<Reply>* reply = nullptr;
};

// To the printer.
struct UsePrinter {
  core::PrinterSettings settings;
};
using PrinterMessage = std::variant<core::PrintSlip, core::OpenDrawer, UsePrinter,
                                    core::RunDeviceTest, core::PrintTerminalSlip>;

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
  friend bool operator==(const UseTerminal&, const UseTerminal&) = default;
};
using TerminalMessage =
    std::variant<core::AuthorizeCard, core::ProbeCard, core::WorkAtTerminal, UseTerminal>;

// To the reader: a question, or a slip to draw.
struct DrawSlip {
  core::Receipt receipt;
  core::SlipForm form;
  std::string profile;
};
using ReaderMessage = std::variant<core::Question, DrawSlip>;

// To the screens.
struct Refused {
  core::Command command;
  core::Refusal refusal;
};
struct Approved {};  // what went out with somebody's PIN was carried out
struct ShowThis {
  core::OrderId order;
};
struct SlipPicture {
  core::OrderId order;
  ui::Image image;
};
struct Scanned {
  std::string code;  // with its AIM identifier, where the scanner sends one
};
using UiMessage = std::variant<Refused, Approved, ShowThis, SlipPicture, core::Answer, Scanned>;

// Wakes the thread that draws; from any thread.
using Wake = std::function<void()>;

}  // namespace pos

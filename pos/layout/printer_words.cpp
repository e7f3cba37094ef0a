#include "pos/layout/printer_words.h"

#include <fmt/format.h>

#include "drivers/printer/profiles.h"
#include "drivers/transport/usb_lp.h"

namespace pos {

namespace {

std::string_view missing(const core::PrinterSettings& settings) {
  if (settings.kind == "tcp") return "Nobody knows the printer's name: check its address.";
  if (settings.kind == "file") return "There is no folder for the printer's file.";
  if (settings.kind == "usb" && drivers::has_usb_printer_of_wrong_class()) {
    return "The printer's USB class is the maker's own: switch it to printer class.";
  }
  return "The printer is not plugged in, or its path is wrong.";
}

}  // namespace

std::string_view in_words(drivers::PrinterTrouble trouble, const core::PrinterSettings& settings) {
  const bool is_serial = settings.kind == "serial";
  switch (trouble) {
    case drivers::PrinterTrouble::unreachable:
      return "The printer cannot be reached.";
    case drivers::PrinterTrouble::busy:
      return settings.kind == "tcp"
                 ? "The printer takes no connection: another till prints, or its port is wrong."
                 : "The printer is in use by another program.";
    case drivers::PrinterTrouble::missing:
      return missing(settings);
    case drivers::PrinterTrouble::no_permission:
      return settings.kind == "file"
                 ? "The printer's file may not be written by the till's user."
                 : "The printer may not be opened: add the till's user to the groups lp and "
                   "dialout.";
    case drivers::PrinterTrouble::silent:
      return is_serial ? "The printer does not answer: check its baud rate and the cable."
                       : "The printer does not answer.";
    case drivers::PrinterTrouble::cut:
      return "The printer's cable came off.";
    case drivers::PrinterTrouble::paper_out:
      return "The printer is out of paper.";
    case drivers::PrinterTrouble::cover_open:
      return "The printer's cover is open.";
    case drivers::PrinterTrouble::cutter_jammed:
      return "The printer's cutter is stuck.";
    case drivers::PrinterTrouble::head_hot:
      return "The printer has to cool down.";
    case drivers::PrinterTrouble::stranger:
      return is_serial
                 ? "What comes from the printer makes no sense: check its baud rate."
                 : "What answers there is no receipt printer: check the address and the port.";
    case drivers::PrinterTrouble::held_back:
      return "The slip waits for the till.";
    case drivers::PrinterTrouble::fault:
      return "The printer reports a fault.";
  }
  return "The printer reports a fault.";
}

std::optional<std::string> fault_of(const core::PrinterSettings& settings) {
  if (drivers::find_profile(settings.profile)) return {};
  return fmt::format("there is no printer profile \"{}\"; see tresen print --profiles",
                     settings.profile);
}

}  // namespace pos

#include "drivers/printer/printer.h"

namespace drivers {

std::string_view word(PrinterTrouble trouble) {
  switch (trouble) {
    case PrinterTrouble::unreachable:
      return "unreachable";
    case PrinterTrouble::busy:
      return "busy";
    case PrinterTrouble::missing:
      return "missing";
    case PrinterTrouble::no_permission:
      return "no_permission";
    case PrinterTrouble::silent:
      return "silent";
    case PrinterTrouble::cut:
      return "cut";
    case PrinterTrouble::paper_out:
      return "paper_out";
    case PrinterTrouble::cover_open:
      return "cover_open";
    case PrinterTrouble::cutter_jammed:
      return "cutter_jammed";
    case PrinterTrouble::head_hot:
      return "head_hot";
    case PrinterTrouble::fault:
      return "fault";
    case PrinterTrouble::stranger:
      return "stranger";
    case PrinterTrouble::held_back:
      return "held_back";
  }
  return "fault";
}

bool is_mended_by_hand(PrinterTrouble trouble) {
  return trouble == PrinterTrouble::paper_out || trouble == PrinterTrouble::cover_open ||
         trouble == PrinterTrouble::cutter_jammed || trouble == PrinterTrouble::head_hot;
}

std::optional<PrinterTrouble> trouble_of(const PrintOutcome& outcome) {
  if (const auto* not_sent = std::get_if<NotSent>(&outcome)) return not_sent->why;
  if (const auto* refused = std::get_if<Refused>(&outcome)) return refused->why;
  if (const auto* unsure = std::get_if<Unsure>(&outcome)) return unsure->why;
  return {};
}

}  // namespace drivers

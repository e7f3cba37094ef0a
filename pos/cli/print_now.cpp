#include "pos/cli/print_now.h"

#include "drivers/printer/profiles.h"
#include "pos/layout/printer_words.h"
#include "pos/runtime/printer_thread.h"

namespace pos::cli {

Status print_now(const core::PrinterSettings& printer, const drivers::Document& document) {
  if (printer.kind == "none") return fail("no printer is set up; see tresen settings printer.kind");
  if (const auto fault = fault_of(printer)) return fail(*fault);
  const auto outcome = make_printer(printer)->print(document);
  if (const auto trouble = drivers::trouble_of(outcome)) {
    return fail(std::string(in_words(*trouble, printer)));
  }
  return well;
}

}  // namespace pos::cli

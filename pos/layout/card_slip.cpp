#include "pos/layout/card_slip.h"

namespace pos {

drivers::Document card_slip(const core::TerminalSlip& slip) {
  drivers::Document paper;
  for (const core::TerminalLine& line : slip.lines) {
    paper.add(drivers::text_line(line.text, {.double_width = line.wide, .double_height = line.tall},
                                 line.centred ? drivers::Align::centre : drivers::Align::left));
  }
  if (slip.needs_signature) {
    paper.add(drivers::Blank{3});
    paper.add(drivers::Rule{});
    // Whoever signs may read either.
    paper.add(drivers::text_line("Unterschrift / Signature"));
  }
  paper.add(drivers::Blank{});
  paper.add(drivers::Cut{});
  return paper;
}

}  // namespace pos

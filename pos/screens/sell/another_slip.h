// A deposit slip without a number of its own cannot be told from its twin: where one like it
// was taken today the cashier says whether this is another.
#pragma once

#include <string>

#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct AnotherSlipInput {
  std::string code;
};

AskView present(const Scene& scene, const AnotherSlipInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, AnotherSlipInput& input);

}  // namespace pos

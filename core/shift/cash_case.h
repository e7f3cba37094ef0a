// Cash that moves without a sale, as a business case (core/orders/case_lines.h). Pure.
#pragma once

#include "core/orders/case_lines.h"
#include "core/shift/cash.h"

namespace core {

CaseLine business_case_line(const CashMovement& movement);
BusinessCase case_of(CashMoveKind kind);

}  // namespace core

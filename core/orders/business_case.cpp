#include "core/orders/business_case.h"

#include <array>

namespace core {

std::string_view word(BusinessCase business_case) {
  static constexpr std::array<std::string_view, stored_count<BusinessCase>> words{
      "goods",
      "deposit",
      "deposit back",
      "discount",
      "extra charge",
      "tip for staff",
      "tip for the house",
      "voucher sold",
      "voucher redeemed",
      "taxed voucher sold",
      "taxed voucher redeemed",
      "down payment",
      "down payment released",
      "receivable",
      "receivable released",
      "rounding",
      "opening float",
      "money transit",
      "paid in",
      "paid out",
      "wages",
      "owner in",
      "owner out",
      "count difference"};
  return words[static_cast<std::size_t>(business_case)];
}

}  // namespace core

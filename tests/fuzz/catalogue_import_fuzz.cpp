// Any bytes as a file of products: every product that comes out keeps the
// promises of core/catalogue/catalogue.h.
#include <sstream>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "core/catalogue/catalogue_import.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::istringstream input(std::string(reinterpret_cast<const char*>(data), size));
  const auto check = [](const core::Product& product) {
    ENSURE(!product.handle.empty() && !product.title.empty() && !product.variants.empty());
    for (const core::Variant& variant : product.variants) {
      ENSURE(variant.price.minor >= 0 && variant.price.minor <= core::largest_minor);
      ENSURE(variant.category_colour >= 0 && variant.category_colour <= core::category_colours);
      ENSURE(core::is_utf8(core::name_of(variant)));
    }
  };
  const auto report = core::read_catalogue({input, "fuzz.csv"}, {check, {}});
  ENSURE(report.complete || report.problem_count > 0);
  return 0;
}

// Any bytes as an answer of fiskaly, with any status: read and judged.
#include <cstdlib>

#include "drivers/signing/fiskaly/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers::fiskaly;
  if (size < 2) return 0;
  const long status = 100 + (data[0] * 256 + data[1]) % 500;
  const auto reply = read_reply({status, {reinterpret_cast<const char*>(data) + 2, size - 2}, {}});
  if (!reply || reply->is_ok()) return 0;
  if (!reply->json.is_object() || failure_of(*reply).says.empty()) std::abort();
  (void)repair_of(*reply);
  return 0;
}

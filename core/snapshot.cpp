#include "core/snapshot.h"

namespace core {

std::vector<const CardAttempt*> unresolved_attempts(const Snapshot& till) {
  std::vector<const CardAttempt*> all;
  if (till.attempt && till.attempt->phase == CardPhase::unknown) all.push_back(&*till.attempt);
  for (const CardAttempt& put_off : till.put_off) all.push_back(&put_off);
  return all;
}

}  // namespace core

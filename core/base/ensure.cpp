#include "core/base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace core {

void broken_promise(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "tresen: broken promise: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace core

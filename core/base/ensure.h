// ENSURE(condition): a check of ourselves, never of input, files, devices or
// servers. Always on; says where, then aborts. A restart is safe, because
// nothing that was not on disk has been promised.
#pragma once

namespace core {

[[noreturn]] void broken_promise(const char* condition, const char* file, int line);

}  // namespace core

#define ENSURE(condition) \
  ((condition) ? static_cast<void>(0) : ::core::broken_promise(#condition, __FILE__, __LINE__))

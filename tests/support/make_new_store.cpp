// Makes the store that the tests begin with (see new_store.h).
// usage: make_new_store FILE
#include <cstdio>
#include <filesystem>

#include "core/store/database.h"

int main(int count, char** arguments) {
  if (count != 2) return 64;
  std::filesystem::remove(arguments[1]);
  if (core::Database::open(arguments[1], core::Access::write)) return 0;
  std::fprintf(stderr, "error: %s cannot be made\n", arguments[1]);
  return 1;
}

#include "pos/cli/cli.h"

int main(int argc, char** argv) {
  return pos::cli::run(argc, argv);
}

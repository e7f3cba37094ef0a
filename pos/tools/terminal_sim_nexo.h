// The nexo half of `tresen terminal-sim`: an Adyen terminal without a card.
#pragma once

#include <cstdint>
#include <string>

#include "pos/cli/command.h"

namespace pos::cli {

struct NexoSimOptions {
  std::string answer = "approve";
  std::string memory = "truth";
  std::string certificate, certificate_key;  // PEM files
  std::string passphrase, key_id = "mykey";
  std::int64_t key_version = 1;
  std::string poi_id = "V400m-346403161";
  std::string leak;
};
void add_nexo_options(CLI::App& app, NexoSimOptions& options);

// Serves until it is ended, and says how many charges it has booked.
Status run_nexo_sim(const NexoSimOptions& options, std::uint16_t port);

}  // namespace pos::cli

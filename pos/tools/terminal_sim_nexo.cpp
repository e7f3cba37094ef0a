#include "pos/tools/terminal_sim_nexo.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>

#include "drivers/terminal/nexo/server.h"
#include "pos/cli/say.h"

namespace pos::cli {

namespace {

// In the order of drivers::nexo::SimulatedCard.
constexpr std::array nexo_answers{
    "approve",          "decline",      "part",           "wait",          "silent-charged",
    "silent-uncharged", "cut-before",   "cut-after",      "busy",          "unreachable-host",
    "unknown-word",     "other-amount", "other-currency", "wrong-service", "wrong-terminal",
    "wrong-sale",       "bad-mac",      "in-clear",       "event",         "nothing"};
// In the order of drivers::nexo::SimulatedMemory.
constexpr std::array nexo_memories{"truth", "in-progress", "forgets", "silent"};

constexpr std::chrono::hours for_long{1};

template <std::size_t n>
int place_in(const std::array<const char*, n>& words, const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

template <std::size_t n>
std::string list(const std::array<const char*, n>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

void add_nexo_options(CLI::App& app, NexoSimOptions& options) {
  app.add_option("--nexo-answer", options.answer, "Of a nexo terminal: " + list(nexo_answers));
  app.add_option("--memory", options.memory,
                 "What a nexo terminal says about earlier payments: " + list(nexo_memories));
  app.add_option("--certificate", options.certificate, "Of a nexo terminal, a PEM file");
  app.add_option("--certificate-key", options.certificate_key, "The key to it, a PEM file");
  app.add_option("--passphrase", options.passphrase, "Of the shared key of a nexo terminal");
  app.add_option("--key-id", options.key_id, "Its name");
  app.add_option("--key-version", options.key_version, "Its version");
  app.add_option("--poiid", options.poi_id, "Of a nexo terminal");
  app.add_option("--leak", options.leak, "A card number that it shows where it must not");
}

Status run_nexo_sim(const NexoSimOptions& options, std::uint16_t port) {
  const int answer = place_in(nexo_answers, options.answer);
  const int memory = place_in(nexo_memories, options.memory);
  if (answer < 0 || memory < 0) {
    return fail("no such answer or memory; see tresen terminal-sim --help", wrong_usage);
  }
  drivers::nexo::SimulatorSettings settings;
  settings.poi_id = options.poi_id;
  settings.key = {options.key_id, options.key_version,
                  drivers::nexo::keys_from(options.passphrase)};
  settings.card = static_cast<drivers::nexo::SimulatedCard>(answer);
  settings.memory = static_cast<drivers::nexo::SimulatedMemory>(memory);
  settings.leak = options.leak;
  auto server = drivers::nexo::Server::open(port, options.certificate, options.certificate_key,
                                            std::move(settings));
  if (!server) return fail(server.error());
  print(fmt::format("listening on 127.0.0.1:{}", (*server)->port()));
  std::fflush(stdout);
  for (int booked = 0;;) {
    (*server)->serve(for_long);
    const auto& terminal = (*server)->terminal();
    if (terminal.charges() == booked) continue;
    booked = terminal.charges();
    print(fmt::format("booked {}", booked));
    std::fflush(stdout);
  }
}

}  // namespace pos::cli

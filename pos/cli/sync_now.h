// Tells the outside what waits and asks it for orders, on the caller's thread,
// until nothing is left that could be done now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/register.h"
#include "pos/cli/command.h"
#include "sync/upstream/upstream.h"

namespace pos::cli {

struct SyncFigures {
  std::int64_t done = 0;      // rows of the outbox
  std::int64_t received = 0;  // orders from the upstream
  std::int64_t waiting = 0;   // left for later
  std::int64_t stuck = 0;     // refused or unclear
  std::int64_t aside = 0;     // of what came from outside, could not be taken
  std::string trouble;        // why the upstream gave no orders; empty: it could be asked
};

// None: it could not begin; said on stderr.
std::optional<SyncFigures> sync_now(const Common& common, core::Register& till,
                                    const core::Clock& clock);

// The connection test: who is there and whether it can be used. None: it could not
// begin; said on stderr.
std::optional<syncing::Check> check_platform(const Common& common);

}  // namespace pos::cli

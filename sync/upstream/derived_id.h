// Ids of the till's own for things that another system has made.
#pragma once

#include <string_view>

#include "core/base/ids.h"

namespace syncing {

// An id that only depends on what it names: UUID version 8 (RFC 9562 section
// 5.8), 14 bytes of a SHA-256 and the position, so that ids of one name sort as
// the list.
core::Uuid derived_id(std::string_view what, std::size_t position);

}  // namespace syncing

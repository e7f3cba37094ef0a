// An anchor: how far the journal had come at some moment, known outside the store.
// The hash of an entry stands for it and for all before it, so that a store that
// does not hold an anchor was cut off, rewritten or put back to an older copy.
//
// The till keeps its latest one in a file beside the store; every receipt carries
// one on paper and in what is pushed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/database.h"

namespace core {

struct Anchor {
  std::int64_t seq = 0;       // of an entry of the journal; 0: of none
  std::string hash = {};      // its hash, or the beginning of it as it is printed
  std::int64_t receipts = 0;  // the highest number of a receipt then; 0: not known
  std::int64_t orders = 0;    // the highest number of an order of the till; 0: not known
  std::int64_t closings = 0;  // the highest number of a Z report; 0: not known
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

// So many letters of the hash are printed: 64 bits of it.
inline constexpr std::size_t printed_hash = 16;

// As it stands on a slip: "52:3f9a12c4d5e6f708".
std::string printed(const Anchor& anchor);
// "tresen-anchor/1 entry 52 hash 3f9a... receipts 25 orders 25 closings 3"; older ones end
// with the orders.
std::string to_text(const Anchor& anchor);
// From either form; of a printed one at least 8 letters of the hash. Nothing: it is neither.
std::optional<Anchor> anchor_from(std::string_view text);

// How far this store is now.
Anchor anchor_of(Database& database);
// What the receipt carries of the order as it was pushed with this version;
// nothing: none was written until then.
std::optional<Anchor> anchor_of_order(Database& database, std::int64_t order_row,
                                      std::int64_t version);

enum class Held { yes, cut_off, rewritten };
// Whether the store holds what the anchor stands for. Trusts the hash that is in
// the store: verify_journal works it out anew.
Held holds(Database& database, const Anchor& anchor);

// The anchor's file in the data folder. Nothing: it is not there or cannot be read.
std::filesystem::path anchor_file(const std::filesystem::path& folder);
std::optional<Anchor> read_anchor(const std::filesystem::path& file);
// Through to the disk, whole or not at all.
Stored<Done> write_anchor(const std::filesystem::path& file, const Anchor& anchor);

}  // namespace core

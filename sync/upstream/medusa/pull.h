// What is fetched from Medusa: a question as a URL, and what its answer holds.
// Pure. Pages of limited size; by the time of change, with an overlap, since
// nothing else is sorted the same twice.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sync/upstream/medusa/dialogue.h"
#include "sync/upstream/medusa/prices.h"

namespace syncing::medusa {

inline constexpr std::size_t orders_a_page = 50;

// The parts of a pull, in their order.
enum class Part { orders, open_orders, price_lists, products, variants, customers, stock };
inline constexpr std::size_t parts = 7;

// Where a part stands: changed since when, and how many of the same time to pass over.
struct Position {
  std::string since;  // as Medusa writes times; empty: from the beginning
  std::int64_t offset = 0;
};

std::string url_of(Part part, const Position& position, const std::vector<std::string>& ids,
                   const Place& place);

struct Page {
  Upstream::Pulled pulled;
  bool is_last = true;  // of its part
  Position next;
};
// How a page is read: with the price lists as they are, at this moment.
struct Reading {
  const Place& place;
  const PriceLists& lists;
  core::Instant now;
};
// `json` is the answer to url_of() with the same position. Of price lists it says
// only how far they have come: add_price_lists takes them.
Page page_of(Part part, const Position& position, const Json& json, const Reading& how);

std::string cursor_name(Part part);
// Whether it is read from the time of its last change on; the others as a whole.
bool goes_by_time(Part part);
// A little earlier: changes that were being written while we looked.
std::string with_overlap(const std::string& since);

// Finds out who is there, and the ids that every order needs; also the connection test.
class Introduction {
 public:
  // What the settings say; empty: the first one that is there.
  struct Wanted {
    std::string region, channel, location, misc_sku;
    bool mails_receipts = false;
  };
  struct Found {
    Place place;
    Check check;
    std::optional<Answer> trouble;  // nothing can be told until it is gone
  };

  // The API must outlive it. `now`: to compare the clocks.
  Introduction(const Api& api, Wanted wanted, core::Instant now)
      : api_(&api), wanted_(std::move(wanted)), now_(now) {
    found_.place.mails_receipts = wanted_.mails_receipts;
  }

  std::variant<HttpRequest, Found> next();
  void hear(const Heard& heard);

 private:
  std::string choose(const Json& list, const std::string& wanted, std::string_view what);
  void take(const Json& json);
  void take_last_sale(const Json& orders);
  void take_drafts(const Json& drafts);

  const Api* api_;
  Wanted wanted_;
  core::Instant now_;
  std::size_t step_ = 0;
  std::int64_t sales_seen_ = 0;
  Found found_;
};

}  // namespace syncing::medusa

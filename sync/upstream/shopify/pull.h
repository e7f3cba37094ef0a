// What has changed at Shopify since the last time: asks page by page and keeps
// the place. Pure, as the dialogue is: `next`, send, `hear`, until it has ended.
//
// Shopify tells times in whole seconds and its search lags behind, so each pull
// begins a little before the last one ended; what comes twice changes nothing.
// A pull that is cut hands over the pages that it has, and goes on after them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "sync/upstream/shopify/dialogue.h"
#include "sync/upstream/shopify/reader.h"

namespace syncing::shopify {

// A list that is being read: the next step goes on at the same cursor, so that a
// long one is neither begun again nor held in memory.
struct Walk {
  std::string list;   // "orders", "products", "stock", "deleted", "customers"; empty: none
  std::string after;  // Shopify's cursor
  core::Instant since, reached;
  friend bool operator==(const Walk&, const Walk&) = default;
};

// How far each list was read; kept between pulls as text.
struct Place {
  core::Instant orders, products, stock, deleted, customers;
  Walk orders_walk, catalogue_walk;
  std::string bulk;  // the operation that reads the whole catalogue first
  core::Instant bulk_began;
  std::int64_t bulk_offset = 0;  // bytes of what it wrote that were taken over
  bool has_catalogue = false;    // it was read whole; from now on only changes
  friend bool operator==(const Place&, const Place&) = default;
};
std::string to_text(const Place& place);
Place place_from(std::string_view text);  // what cannot be read: never

struct Found {
  std::vector<core::Order> orders;
  core::PulledCatalogue catalogue;
  std::vector<core::PulledCustomer> customers;
  std::vector<std::string> faults;         // sentences about what could not be asked
  std::vector<core::PutAside> aside = {};  // what could not be read
  bool was_tried = false;                  // the orders that were to be read again were
  Place place;                             // to begin at the next time
  bool more = false;                       // there is more at once
  std::string progress;
};

enum class PullWhat { orders, catalogue };  // customers come with the catalogue

class PullDialogue {
 public:
  // `again`: from when on orders are read once more; 0: they need not be.
  PullDialogue(PullWhat what, Place from, core::Instant now, const ShopFacts& shop,
               core::Instant again = {});

  // An answer: it could not be asked; `found` then holds nothing new.
  using Next = std::variant<Request, Answer, Found>;
  Next next();
  void hear(const Heard& heard);

 private:
  enum class Stage { orders, products, stock, deleted, customers, ended };

  Request page_request();
  void take_page(const Json& data);
  void take_more(const Json& data);
  void take_order(const Json& order);
  void take_product(const Json& product);
  void put_aside(std::string name, std::string reason, core::Instant changed);
  void take_stock(const Json& item);
  void finish_node();
  void end_stage();
  void hand_over();
  Walk& walk() { return is_orders_ ? found_.place.orders_walk : found_.place.catalogue_walk; }
  core::Instant& place_of(Stage stage);
  core::Instant since(Stage stage);
  void begin_stage(Stage stage);

  const ShopFacts* shop_;
  core::Instant now_;
  core::Instant again_;
  bool is_orders_;
  bool goes_on_ = false;  // where an earlier step ended
  Stage stage_ = Stage::ended;
  std::size_t pages_ = 0;    // of this step
  std::vector<Json> nodes_;  // of the page that is being read, the next one last
  std::string more_after_;   // cursor inside the next node: it has more lines or variants
  bool last_page_ = false;
  std::optional<Answer> trouble_;
  Found found_;
};

// The whole catalogue for the first time: Shopify writes it into a file (a bulk
// operation), which is read piece by piece. One step of it.
class BulkDialogue {
 public:
  BulkDialogue(Place from, core::Instant now, const ShopFacts& shop)
      : shop_(&shop), now_(now), place_(std::move(from)) {}

  struct Fetch {
    std::string url;
    std::int64_t begin = 0, size = 0;
  };
  using Next = std::variant<Request, Fetch, Answer, Found>;
  Next next() const { return next_ ? *next_ : first(); }
  void hear(const Heard& heard);

 private:
  Next first() const;
  void hear_file(const Heard& heard, const Fetch& fetch);
  void hear_of_bulk(const Json& bulk);
  Next found(bool more, std::string progress) const;

  const ShopFacts* shop_;
  core::Instant now_;
  Place place_;
  std::optional<Next> next_;
};
HttpRequest get(const BulkDialogue::Fetch& fetch);

// The 60 days that Shopify lets an app see, in words, when the till asks further back.
std::string history_note(const std::vector<std::string>& scopes);

}  // namespace syncing::shopify

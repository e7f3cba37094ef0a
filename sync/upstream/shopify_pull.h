// What has changed at Shopify since the last time: asks page by page and keeps
// the place. Pure, as the dialogue is: `next`, send, `hear`, until it has ended.
//
// Shopify tells times in whole seconds and its search lags behind, so each pull
// begins a little before the last one ended; what comes twice changes nothing.
// A pull that is cut anywhere leaves the place where it was.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "sync/upstream/shopify_dialogue.h"
#include "sync/upstream/shopify_reader.h"

namespace syncing::shopify {

// How far each list was read; kept between pulls as text.
struct Place {
  core::Instant orders, products, stock, deleted;
  friend bool operator==(const Place&, const Place&) = default;
};
std::string to_text(const Place& place);
Place place_from(std::string_view text);  // what cannot be read: never

struct StockChange {
  std::string variant;    // gid
  std::string inventory;  // gid of its inventory item
  std::int64_t available = 0;
};

struct Found {
  std::vector<core::Order> orders;
  std::vector<PulledProduct> products;
  std::vector<StockChange> stock;
  std::vector<std::string> deleted;  // gids of products
  std::vector<std::string> faults;   // sentences about what could not be read
  Place place;                       // to begin at the next time
};

enum class PullWhat { orders, catalogue };

class PullDialogue {
 public:
  PullDialogue(PullWhat what, Place from, core::Instant now, const ShopFacts& shop);

  // An answer: it could not be asked; `found` then holds nothing new.
  using Next = std::variant<Request, Answer, Found>;
  Next next();
  void hear(const Heard& heard);

 private:
  enum class Stage { orders, products, stock, deleted, ended };

  Request page_request() const;
  void take_page(const Json& data);
  void take_more(const Json& data);
  void take_order(const Json& order);
  void take_product(const Json& product);
  void finish_node();
  void go_on(const Json& page);
  void end_stage();
  core::Instant& place_of(Stage stage);
  core::Instant since(Stage stage) const;

  const ShopFacts* shop_;
  core::Instant now_;
  Place from_;
  Stage stage_;
  std::string after_;        // cursor of the list
  std::size_t pages_ = 0;    // of this stage
  std::vector<Json> nodes_;  // of the page that is being read, the next one last
  std::string more_after_;   // cursor inside the next node: it has more lines or variants
  bool last_page_ = false;
  std::optional<Answer> trouble_;
  Found found_;
};

// The 60 days that Shopify lets an app see, in words, when the till asks further back.
std::string history_note(const std::vector<std::string>& scopes);

}  // namespace syncing::shopify

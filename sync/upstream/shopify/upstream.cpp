#include "sync/upstream/shopify/upstream.h"

#include <utility>

#include "sync/upstream/shopify/shop.h"

namespace syncing {

namespace {

// Shopify works off a client's requests one after the other anyway; a few on the
// way hide the time that they travel.
constexpr std::size_t most_talking = 8;
constexpr std::string_view cursor_name = "shopify";

}  // namespace

Shopify::Shopify(std::unique_ptr<HttpClient> http, ShopifySettings settings,
                 const core::Clock& clock)
    : http_(std::move(http)), settings_(std::move(settings)), clock_(&clock) {
  shop_.mails_receipts = settings_.mails_receipts;
}

void Shopify::begin(std::vector<Job> jobs) {
  for (Job& job : jobs) waiting_.push_back(std::move(job));
  go_on();
}

void Shopify::begin_pull(const PullFrom& from) {
  pull_from_ = from;
  go_on();
}

std::vector<RowAnswer> Shopify::answers() {
  listen();
  return std::exchange(answers_, {});
}

std::optional<Upstream::Pulled> Shopify::pulled() {
  listen();
  return std::exchange(pulled_, std::nullopt);
}

std::optional<Check> Shopify::checked() {
  listen();
  return std::exchange(checked_, std::nullopt);
}

std::uint64_t Shopify::send(const shopify::Request& request) {
  return http_->begin(shopify::post(request, settings_.access));
}

void Shopify::listen() {
  for (HttpClient::Ended& ended : http_->ended()) {
    if (ended.number == shop_request_) {
      shop_request_ = 0;
      hear_of_shop(ended.heard);
    } else if (ended.number == pull_request_) {
      pull_request_ = 0;
      if (auto* pull = std::get_if<shopify::PullDialogue>(&pulling_)) pull->hear(ended.heard);
      if (auto* bulk = std::get_if<shopify::BulkDialogue>(&pulling_)) bulk->hear(ended.heard);
      advance_pull();
    } else if (auto talk = talking_.extract(ended.number)) {
      talk.mapped()->hear(ended.heard);
      advance(std::move(talk.mapped()));
    }
    for (const int which : {0, 1}) {
      if (ended.number != check_requests_[which]) continue;
      check_heard_[which] = std::move(ended.heard);
      if (which == 0) check_heard_at_ = clock_->now();
    }
  }
  if (check_heard_[0] && check_heard_[1]) {
    checked_ =
        shopify::check(*check_heard_[0], *check_heard_[1], settings_.location, check_heard_at_);
    check_heard_[0].reset();
    check_heard_[1].reset();
  }
  go_on();
}

// Begins what may begin now.
void Shopify::go_on() {
  if (waiting_.empty() && !pull_from_) return;
  if (!settings_.trouble.empty()) return give_up(link_is_down(settings_.trouble));
  if (known_ != Known::all) return meet_shop();
  while (!waiting_.empty() && talking_.size() < most_talking) {
    auto dialogue = std::make_unique<shopify::Dialogue>(std::move(waiting_.front()), shop_);
    waiting_.pop_front();
    advance(std::move(dialogue));
  }
  if (pull_from_ && std::holds_alternative<std::monostate>(pulling_)) start_pull();
}

void Shopify::advance(std::unique_ptr<shopify::Dialogue> dialogue) {
  const auto next = dialogue->next();
  if (const auto* request = std::get_if<shopify::Request>(&next)) {
    talking_[send(*request)] = std::move(dialogue);
    return;
  }
  const auto& answer = std::get<Answer>(next);
  answers_.push_back({dialogue->job().row, answer});
  // What is wrong with the whole way is not tried with every order that waits.
  if (!answer.link_down) return;
  for (const Job& job : waiting_) answers_.push_back({job.row, answer});
  waiting_.clear();
}

void Shopify::give_up(const Answer& answer) {
  for (const Job& job : waiting_) answers_.push_back({job.row, answer});
  waiting_.clear();
  if (!pull_from_) return;
  pull_from_.reset();
  pulled_.emplace();
  pulled_->trouble = answer.reason;
  pulled_->retry_after = answer.retry_after;
}

// --- the shop ---

void Shopify::meet_shop() {
  if (shop_request_ != 0) return;
  shop_request_ = known_ == Known::nothing
                      ? send({&shopify::set_up})
                      : send({&shopify::define_order_id, shopify::id_definition()});
}

void Shopify::hear_of_shop(const Heard& heard) {
  const auto data = shopify::data_of(heard);
  std::optional<Answer> trouble;
  if (!data) {
    trouble = data.error();
  } else if (known_ == Known::nothing) {
    trouble = shopify::read_shop(*data, settings_.location, shop_);
    if (!trouble) known_ = Known::shop;
  } else {
    // A definition that is there already is what we wanted.
    const shopify::Json& made = shopify::at(*data, "metafieldDefinitionCreate");
    if (!shopify::has_code(made, "TAKEN")) trouble = shopify::user_errors(made);
    if (!trouble) known_ = Known::all;
  }
  if (!trouble) return;
  trouble->fate = core::OutboxFate::again;
  trouble->link_down = true;
  give_up(*trouble);
}

void Shopify::begin_check() {
  if (!settings_.trouble.empty()) {
    checked_ = Check{false, {}, {settings_.trouble}};
    return;
  }
  check_requests_[0] = send({&shopify::set_up});
  check_requests_[1] = send({&shopify::scopes});
}

// --- pulling ---

// One step: orders, or a part of the catalogue; the whole of it comes first.
void Shopify::start_pull() {
  const PullFrom from = *std::exchange(pull_from_, std::nullopt);
  const shopify::Place place = shopify::place_from(from.cursor(cursor_name));
  if (!catalogue_is_next_) {
    pulling_.emplace<shopify::PullDialogue>(shopify::PullWhat::orders, place, from.now, shop_,
                                            from.again_since());
  } else if (place.has_catalogue) {
    pulling_.emplace<shopify::PullDialogue>(shopify::PullWhat::catalogue, place, from.now, shop_);
  } else {
    pulling_.emplace<shopify::BulkDialogue>(place, from.now, shop_);
  }
  advance_pull();
}

void Shopify::advance_pull() {
  std::optional<Answer> trouble;
  std::optional<shopify::Found> found;
  const auto go = [&](auto next) {
    if (auto* request = std::get_if<shopify::Request>(&next)) pull_request_ = send(*request);
    if (auto* answer = std::get_if<Answer>(&next)) trouble = std::move(*answer);
    if (auto* all = std::get_if<shopify::Found>(&next)) found = std::move(*all);
    if constexpr (std::is_same_v<decltype(next), shopify::BulkDialogue::Next>) {
      if (auto* fetch = std::get_if<shopify::BulkDialogue::Fetch>(&next)) {
        pull_request_ = http_->begin(shopify::get(*fetch));
      }
    }
  };
  if (auto* pull = std::get_if<shopify::PullDialogue>(&pulling_)) go(pull->next());
  if (auto* bulk = std::get_if<shopify::BulkDialogue>(&pulling_)) go(bulk->next());
  if (found) {
    end_pull(std::move(*found));
  } else if (trouble) {
    // The other of the two gets its turn: what fails must not hold up orders.
    catalogue_is_next_ = !catalogue_is_next_;
    pulling_.emplace<std::monostate>();
    pulled_.emplace();
    pulled_->trouble = trouble->reason;
    pulled_->retry_after = trouble->retry_after;
  }
}

void Shopify::end_pull(shopify::Found found) {
  const bool was_orders = !catalogue_is_next_;
  pulling_.emplace<std::monostate>();
  catalogue_is_next_ = was_orders;
  Pulled pulled;
  pulled.orders = std::move(found.orders);
  pulled.catalogue = std::move(found.catalogue);
  pulled.customers = std::move(found.customers);
  pulled.cursors = {{std::string(cursor_name), shopify::to_text(found.place)}};
  // A list of orders that is read in part goes on behind the catalogue's turn.
  pulled.more = was_orders || found.more || !found.place.orders_walk.list.empty();
  pulled.progress = std::move(found.progress);
  pulled.aside = std::move(found.aside);
  pulled.was_tried = found.was_tried;
  for (const std::string& fault : found.faults) {
    pulled.trouble += (pulled.trouble.empty() ? "" : "\n") + fault;
  }
  pulled_ = std::move(pulled);
}

}  // namespace syncing

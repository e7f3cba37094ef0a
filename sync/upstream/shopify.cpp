#include "sync/upstream/shopify.h"

#include <utility>

#include "sync/upstream/shopify_shop.h"

namespace syncing {

namespace {

// Shopify works off a client's requests one after the other anyway; a few on the
// way hide the time that they travel.
constexpr std::size_t most_talking = 8;

}  // namespace

Shopify::Shopify(std::unique_ptr<shopify::Wire> wire, std::string location)
    : wire_(std::move(wire)), location_(std::move(location)) {}

void Shopify::begin(std::vector<Job> jobs) {
  for (Job& job : jobs) waiting_.push_back(std::move(job));
  go_on();
}

void Shopify::begin_pull(core::Instant now) {
  pull_wanted_ = true;
  pull_at_ = now;
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

std::uint64_t Shopify::send(const shopify::Request& request) {
  wire_->begin(++last_request_, shopify::body_of(request));
  return last_request_;
}

void Shopify::listen() {
  for (shopify::Wire::Ended& ended : wire_->ended()) {
    if (ended.request == shop_request_) {
      shop_request_ = 0;
      hear_of_shop(ended.heard);
    } else if (ended.request == pull_request_) {
      pull_request_ = 0;
      pull_->hear(ended.heard);
      advance_pull();
    } else if (auto talk = talking_.extract(ended.request)) {
      talk.mapped()->hear(ended.heard);
      advance(std::move(talk.mapped()));
    }
  }
  go_on();
}

// Begins what may begin now.
void Shopify::go_on() {
  if (waiting_.empty() && !pull_wanted_) return;
  if (known_ != Known::all) return meet_shop();
  while (!waiting_.empty() && talking_.size() < most_talking) {
    auto dialogue = std::make_unique<shopify::Dialogue>(std::move(waiting_.front()), shop_);
    waiting_.pop_front();
    advance(std::move(dialogue));
  }
  if (pull_wanted_ && !pull_) {
    pull_wanted_ = false;
    pull_ =
        std::make_unique<shopify::PullDialogue>(shopify::PullWhat::orders, place_, pull_at_, shop_);
    advance_pull();
  }
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
  if (answer.link_down) give_up(answer);
}

void Shopify::give_up(const Answer& answer) {
  for (const Job& job : waiting_) answers_.push_back({job.row, answer});
  waiting_.clear();
}

// --- the shop ---

void Shopify::meet_shop() {
  if (shop_request_ != 0) return;
  shop_request_ = known_ == Known::nothing
                      ? send({&shopify::set_up})
                      : send({&shopify::define_order_id, shopify::id_definition()});
}

void Shopify::hear_of_shop(const shopify::Heard& heard) {
  const auto data = shopify::data_of(heard);
  std::optional<Answer> trouble;
  if (!data) {
    trouble = data.error();
  } else if (known_ == Known::nothing) {
    trouble = shopify::read_shop(*data, location_, shop_);
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
  if (std::exchange(pull_wanted_, false)) pulled_ = Pulled{{}, trouble->reason};
}

// --- pulling ---

void Shopify::advance_pull() {
  auto next = pull_->next();
  if (const auto* request = std::get_if<shopify::Request>(&next)) {
    pull_request_ = send(*request);
    return;
  }
  pull_.reset();
  if (const auto* answer = std::get_if<Answer>(&next)) {
    pulled_ = Pulled{{}, answer->reason};
    return;
  }
  auto& found = std::get<shopify::Found>(next);
  next_place_ = found.place;
  offered_.clear();
  for (const core::Order& order : found.orders) offered_.insert(order.id);
  if (offered_.empty()) place_ = next_place_;
  std::string trouble;
  for (const std::string& fault : found.faults) trouble += (trouble.empty() ? "" : "\n") + fault;
  pulled_ = Pulled{std::move(found.orders), std::move(trouble)};
}

void Shopify::settle(const core::Order& order) {
  if (offered_.erase(order.id) > 0 && offered_.empty()) place_ = next_place_;
}

void Shopify::accept(const core::Order& order) {
  settle(order);
}

void Shopify::refuse(const core::Order& order, const std::string&) {
  settle(order);
}

}  // namespace syncing

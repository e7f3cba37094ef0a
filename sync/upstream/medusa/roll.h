// What tills have told Medusa already, by the ids under which they told it: needed
// where Medusa does not keep those ids unique, for then its search does not know them
// either. Drafts that a till began and was killed over are removed where another of
// the same id has become the order, or will. Pure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "sync/upstream/medusa/draft.h"
#include "sync/upstream/medusa/reply.h"

namespace syncing::medusa {

// Where an order of ours is, if it is there; neither: it is not.
struct Told {
  std::string order, draft;  // Medusa's ids
  bool is_sure = false;      // nobody has to look for it
};

class RollCall {
 public:
  struct Result {
    std::map<std::string, Told> told;  // by our_id()
    std::optional<Answer> trouble;     // nothing is known then
  };

  // `since`: orders that were made there before it are not asked for. `ours`: the ids of
  // orders that wait to be told, and that nobody is telling meanwhile. The API must
  // outlive it.
  RollCall(const Api& api, std::string channel, core::Instant since, std::set<std::string> ours)
      : api_(&api), channel_(std::move(channel)), since_(since), ours_(std::move(ours)) {}

  std::variant<HttpRequest, Result> next();
  void hear(const Heard& heard);

 private:
  enum class Step { drafts, orders, removing, ended };
  struct Draft {
    std::string id, key;
    core::Instant made;
  };
  void take_page(const Json& rows);
  void choose();

  const Api* api_;
  std::string channel_;
  core::Instant since_;
  std::set<std::string> ours_;
  Step step_ = Step::drafts;
  std::int64_t offset_ = 0;
  std::vector<Draft> drafts_;
  std::vector<std::string> unwanted_;  // drafts
  Result result_;
};

}  // namespace syncing::medusa

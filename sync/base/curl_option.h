// One option of a libcurl transfer; a wrong one is our own mistake.
#pragma once

#include <curl/curl.h>

#include "core/base/ensure.h"

namespace syncing {

template <class Value>
void set(CURL* transfer, CURLoption option, Value value) {
  ENSURE(curl_easy_setopt(transfer, option, value) == CURLE_OK);
}

}  // namespace syncing

// The operations of the first visit, one tab each. A tab is named after its operation.

const SAMPLE_REQUEST = 'd0000000-0000-4000-8000-00000000e001';
const SAMPLE_FILM = 'd0000000-0000-4000-8000-000000020101';

const whoAmI = `# Who am I
query WhoAmI {
  viewer {
    id
    firstName
    lastName
    role
  }
}
`;

const board = `# The board: one column, newest first
query Board($status: RequestStatus!) {
  requests(
    filter: {requestType: {eq: CREATIVE}, status: {eq: $status}}
    orderBy: [{field: CREATED_AT, direction: DESC}]
    first: 20
  ) {
    totalCount
    nodes {
      id
      title
      priority
      client { name }
      assignedTo { firstName lastName }
      assets(first: 5) { nodes { id name versionNumber } totalCount }
      comments(first: 3) { totalCount nodes { content user { firstName } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const oneRequest = `# One request: take an id from the board
query OneRequest($id: ID!) {
  request(id: $id) {
    id
    title
    status
    priority
    client { name }
    assets(first: 10) { nodes { name fileType versionNumber isCurrentVersion createdBy { firstName } } }
    comments(first: 10) { nodes { content createdAt user { firstName } } }
    statusHistory(first: 10) { nodes { oldStatus newStatus changedAt changedBy { firstName } } }
  }
}
`;

const createRequest = `# Create a request
mutation CreateRequest($input: CreateRequestInput!) {
  createRequest(input: $input) {
    id
    title
    status
  }
}
`;

const moveItOn = `# Move it on. A step that is not allowed
# is refused, and told which ones are
mutation MoveItOn($id: ID!, $status: RequestStatus!, $note: String) {
  changeRequestStatus(id: $id, status: $status, note: $note) {
    id
    title
    status
  }
}
`;

const live = `# Live: run this, then change a request
# in another window
subscription Live {
  requestChanged {
    cursor
    operation
    id
    changedFields
    at
    node { title status }
  }
}
`;

const review = `# The review room: what was said about a film,
# drawn on it and decided
query Review($id: ID!) {
  videoVersion(id: $id) {
    versionLabel
    frameRateNum
    frameRateDen
    startTimecode
    approvalState
    approvals { nodes { decision note profile { firstName } } }
    timecodeComments(first: 20, rootsOnly: true) {
      nodes {
        timecode
        endTimecode
        content
        status
        drawing
        reactions
        author { firstName }
        replies(first: 10) {
          nodes { content author { firstName } mentions { nodes { mentionedUser { firstName } } } }
        }
      }
    }
  }
}
`;

const tab = (query, variables) => ({
  query,
  ...(variables && { variables: JSON.stringify(variables, null, 2) }),
});

export const examples = [
  tab(whoAmI),
  tab(board, { status: 'IN_PROGRESS' }),
  tab(oneRequest, { id: SAMPLE_REQUEST }),
  tab(createRequest, {
    input: {
      title: 'Autumn window display',
      description: 'Three cuts for the shop windows',
      requestType: 'CREATIVE',
      priority: 'HIGH',
    },
  }),
  tab(moveItOn, { id: SAMPLE_REQUEST, status: 'IN_PROGRESS', note: 'Started' }),
  tab(review, { id: SAMPLE_FILM }),
  tab(live),
];
